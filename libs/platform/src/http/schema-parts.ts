/** What the schemas of answers are put together from. */
export const text = { type: 'string' };
export const id = { type: 'string', format: 'uuid' };
export const day = { type: 'string', format: 'date' };
export const moment = { type: 'string', format: 'date-time' };
export const number = { type: 'integer' };
export const anything = { type: 'object' };
export const list = (items: object): object => ({ type: 'array', items });
export const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
export const occurrence = { oneOf: [object({ on: day }), object({ at: moment })] };
/** Left out where the catalogue does not have the rule. */
export const article = { article: { ...text, description: '规则所在的条款' } };
export const says = { says: { ...text, description: '给人看的一句话' } };
export const mode = { mode: { ...text, description: '开发或模拟；生产账本没有此项' } };
/** The place of the log an answer speaks for. */
export const position = { position: { ...text, description: '本应答所依据的日志位置' } };
export const nullable = (schema: { readonly type: string }): object => ({ ...schema, type: [schema.type, 'null'] });
