import fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedId, isUuid } from './ids.js';
import { canonicalJson } from './json.js';

const NAMESPACE = 'a2f0c2d4-5d2e-5b0f-9c35-6b1f8f1c7e11';

describe('derivedId', () => {
  it('is the UUIDv5 of the canonical JSON under the namespace of Kesu', () => {
    const name = fc.oneof(fc.integer(), fc.boolean(), fc.string({ unit: 'grapheme-ascii' }));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 4 }), (names) => {
        const id = derivedId(names);
        expect(isUuid(id)).toBe(true);
        expect(id).toBe(v5(canonicalJson(names), NAMESPACE));
      }),
    );
  });

  it('never changes', () => {
    expect(derivedId(['案件', 1])).toBe(v5('["案件",1]', NAMESPACE));
    expect(derivedId(['the service itself'])).toBe('01b1b546-56be-5047-8aed-ce4ad35067a1');
  });
});
