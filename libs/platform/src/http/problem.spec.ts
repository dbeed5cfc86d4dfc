import { caseSubject, derivedId, KeyErased } from '#libs/kernel';
import { KeyDamaged } from '../keys/index.js';
import { problemOf } from './problem.js';

const subject = caseSubject(derivedId('case'));

it.each([new KeyErased(subject), new KeyDamaged(`/keys/${subject}`)])(
  'tells of a key that cannot be used nothing but that: %s',
  (error) => {
    const problem = problemOf(error, {}, 'trace');
    expect(problem).toMatchObject({ status: 503, code: 'KEY_UNUSABLE', traceId: 'trace' });
    expect(problem.detail).toMatch(/[\u4e00-\u9fff]/);
    expect(JSON.stringify(problem)).not.toMatch(new RegExp(`${subject}|erased|删除`));
  },
);
