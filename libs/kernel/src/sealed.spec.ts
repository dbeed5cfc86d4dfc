import { uuid } from './ids.js';
import { keyedDigest, open, seal } from './sealed.js';

const event = uuid('0f8fad5b-d9cb-469f-a165-70867728950e');
const subject = uuid('7c9e6679-7425-40de-944b-e07fc1f90ae7');
const place = { event, pointer: '/data/matter', subject };
const key = new Uint8Array(32).fill(1);
const other = new Uint8Array(32).fill(2);
const iv = new Uint8Array(12).fill(3);

describe('a sealed value', () => {
  it('opens under its key, also when another copy of the key is at hand', () => {
    const sealed = seal({ 事项: '协助' }, place, key, iv);
    expect(open(sealed, key)).toEqual({ 事项: '协助' });
    expect(open(sealed, new Uint8Array(key))).toEqual({ 事项: '协助' });
    expect(JSON.stringify(sealed)).not.toContain('协助');
  });

  it('does not open under another key, at another place or with a byte changed', () => {
    const sealed = seal('协助', place, key, iv);
    expect(() => open(sealed, other)).toThrow(/not the one/);
    expect(() => open({ ...sealed, sealed: `${event}/data/other` }, key)).toThrow();
    expect(() =>
      open({ ...sealed, ct: sealed.ct.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }, key),
    ).toThrow();
  });

  it('has the bytes it always had', () => {
    expect(keyedDigest({ b: 1, a: '协助' }, key)).toBe('znSxmMk25Fg_p7C9JiOr-J4giAI4EE9NUpu6SXx_dGY');
    expect(seal('协助', place, key, iv)).toEqual({
      sealed: '0f8fad5b-d9cb-469f-a165-70867728950e/data/matter',
      subject: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      iv: 'AwMDAwMDAwMDAwMD',
      ct: '96mSvrBhpjkLlv0AcKEYdSY0HrbXgxi-',
      keyHash: 'fxHAAg5HVSj05fyVgxSs7FCnUUo2jOMllf06e8VtKiw',
    });
  });
});
