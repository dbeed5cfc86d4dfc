import { traceFrom } from './trace.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

it.each([
  [`00-${TRACE}-${PARENT}-00`, false],
  [`00-${TRACE}-${PARENT}-01`, true],
  [`00-${TRACE}-${PARENT}-03`, true],
  [`00-${TRACE}-${PARENT}-02`, false],
  // A version to come may say more behind a dash, and the flags it shares with this one hold.
  [`cc-${TRACE}-${PARENT}-01`, true],
  [`cc-${TRACE}-${PARENT}-01-what-the-future-will-be-like`, true],
])('%s is continued', (header, sampled) => {
  const trace = traceFrom(header);
  expect(trace).toEqual({ traceId: TRACE, parentId: PARENT, sampled, spanId: trace.spanId });
  expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(trace.spanId).not.toBe(PARENT);
});

it.each([
  undefined,
  '',
  'nonsense',
  `00-${TRACE}-${PARENT}`,
  `00-${TRACE}-${PARENT}-1`,
  `00-${TRACE}-${PARENT}-01-`,
  `00-${TRACE}-${PARENT}-01-more`,
  `cc-${TRACE}-${PARENT}-01.more`,
  `ff-${TRACE}-${PARENT}-01`,
  `0-${TRACE}-${PARENT}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  `00-${'0'.repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.slice(1)}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}-0x`,
  ` 00-${TRACE}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`,
])('%s begins a new trace', (header) => {
  const [one, other] = [traceFrom(header), traceFrom(header)];
  expect(one.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect([one.parentId, one.sampled]).toEqual([undefined, false]);
  expect(one.traceId).not.toBe(TRACE);
  expect(other.traceId).not.toBe(one.traceId);
});
