import type { AnyReaction } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { Runtime } from '../service/index.js';
import { progressIn } from './progress.js';
import { Reactor } from './reactor.js';
import { serviceRecorder } from './service-caller.js';

/** While clocks disagree no command is taken, from nobody. */
class ClocksDisagree extends Error {
  override readonly name = 'ClocksDisagree';
}

/**
 * Lets `reactions` look at the log, in every process that takes commands, each on its own: one that cannot act holds up
 * no other. @returns how to stop, which waits until none is at work.
 */
export async function startReactions(
  { settings, log, law, keys, logger, clockWatch }: Runtime,
  reactions: readonly AnyReaction<LawBook>[],
  perform: (command: object) => Promise<unknown>,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const recorder = await serviceRecorder(keys, settings.ledger);
  const running = reactions.map((reaction) => {
    const progress = progressIn(settings.keys, settings.ledger, reaction.name);
    const parts = { log: log.log, law, progress, recorder, logger, perform: whileClocksAgree };
    return new Reactor(reaction, parts).run(stopping.signal);
  });
  function whileClocksAgree(command: object): Promise<unknown> {
    return clockWatch.agrees ? perform(command) : Promise.reject(new ClocksDisagree('clocks disagree'));
  }
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}
