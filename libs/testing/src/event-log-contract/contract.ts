import { appendCases } from './append-cases.js';
import { Bench, type OpenedLog } from './bench.js';
import { attemptCases } from './attempt-cases.js';
import { closeCases } from './close-cases.js';
import { followCases } from './follow-cases.js';
import { readCases } from './read-cases.js';
import { repeatCases } from './repeat-cases.js';

/**
 * 日志合同: what every `EventLog` must do, whatever it stands on. A number in a title is that of the rule of
 * EventStoreDB's server in the list of the event-log paper, section 7; a case without one follows from the port alone.
 * Cases look only at streams of their own run, so that a store may be shared and busy.
 */
export function eventLogContract(name: string, openLog: () => Promise<OpenedLog>): void {
  describe(`event log contract: ${name}`, () => {
    // For a busy machine: what is slow is not wrong.
    jest.setTimeout(90_000);
    const bench = new Bench(openLog);
    beforeAll(() => bench.open());
    afterAll(() => bench.close());
    describe('append', () => appendCases(bench));
    describe('repeat', () => repeatCases(bench));
    describe('read', () => readCases(bench));
    describe('follow', () => followCases(bench));
    describe('attempts', () => attemptCases(bench));
    describe('close', () => closeCases(openLog));
  });
}
