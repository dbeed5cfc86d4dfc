import type { Question } from '#libs/kernel';
import { anything, id, list, mode, moment, number, object, position, says, text } from './schema-parts.js';

/** What the answer to a question is called in the description of the interface. */
export const schemaNameOf = ({ name }: Pick<Question, 'name'>): string =>
  `Answer${name.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())}`;

const head = {
  ...mode,
  ...position,
  question: text,
  asks: { ...text, description: '问法' },
  rules: { ...list(text), description: '所依据的规则' },
  asOf: { ...moment, description: '判断所依据的时刻；翻页时不变' },
  settled: { type: 'boolean', description: '为 false 时，判断时刻离现在不足 15 秒或尚未到来，届时所知可能还有增加' },
};
const scope = { ...text, description: '所计案件的范围' };
const total = { ...object({ count: number }), additionalProperties: { type: ['string', 'integer', 'null'] } };
const withheld = {
  ...list(object({ case: id, code: text })),
  description: '在此页中但因事件流曾被改动或已损坏而不予提供的案件',
};

/** The answer's schema: rows by page with their totals, or figures, each with the address of the cases behind it. */
const answerOf = ({ answers: { properties, required }, figures }: Question): object => {
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const rows = list(
    object(
      { case: id, row: { ...text, description: '在本案的各行中指明这一行，不会改变' }, ...properties, ...says },
      optional,
    ),
  );
  const figure = {
    ...object({
      figure: text,
      count: number,
      href: { ...text, description: '展开到案件和事实的地址' },
      ...says,
    }),
    additionalProperties: true,
  };
  return object(
    {
      ...head,
      scope,
      rows,
      totals: { ...list(total), description: '所有各页的合计' },
      withheld,
      next: { ...text, description: '下一页的游标' },
      ...(figures ? { figures: list(figure) } : {}),
    },
    ['mode', 'withheld', 'next', ...(figures ? ['rows', 'totals', 'figures'] : [])],
  );
};

export const questionSchemas = (questions: readonly Question[]): Readonly<Record<string, object>> =>
  Object.fromEntries(questions.map((question) => [schemaNameOf(question), answerOf(question)]));

export const QUESTION_LIST = object(
  {
    ...mode,
    ...position,
    questions: list(
      object(
        {
          question: text,
          asks: { ...text, description: '问法' },
          href: { ...text, description: '在何处提出' },
          rules: { ...list(text), description: '所依据的规则' },
          parameters: list(object({ name: text, title: text, required: { type: 'boolean' }, schema: anything })),
          figures: { ...list(object({ code: text, says: text })), description: '以数字作答的问题：有哪些数字' },
        },
        ['figures'],
      ),
    ),
  },
  ['mode'],
);
