import { derivedId, type Row } from '#libs/kernel';
import { cellsOf, rowFrom } from './rows.js';
import { inOrder, quoted, schemaDigest, type ViewShape } from './tables.js';

const view: ViewShape = {
  name: 'file',
  columns: { case: 'text', n: 'integer', more: 'json' },
  key: ['case'],
};
const id = derivedId('a case');

describe('a row', () => {
  it('is stored as text, numbers and canonical JSON, and read as it was', () => {
    const row: Row = { case: id, n: -5, more: { b: [1, null], a: '\u0000' } };
    const { cells, key } = cellsOf(view, id, row);
    expect(cells).toEqual([id, -5, '{"a":"\\u0000","b":[1,null]}']);
    expect(key).toBe(JSON.stringify([id]));
    expect(rowFrom(view, { case: id, n: '-5', more: cells[2] })).toEqual(row);
  });

  it('leaves a cell empty for nothing and for null alike', () => {
    expect(cellsOf(view, id, { case: id, n: null }).cells).toEqual([id, null, null]);
    expect(rowFrom(view, { case: id, n: null, more: null })).toEqual({ case: id, n: null, more: null });
  });

  it.each([
    ['of another case', { case: derivedId('another') }],
    ['with a column the view does not have', { case: id, other: 1 }],
    ['with a number that is not whole', { case: id, n: 1.5 }],
    ['with a text for a number', { case: id, n: '1' }],
    ['with a value that has no canonical form', { case: id, more: 0.5 }],
  ])('%s is refused', (_, row) => {
    expect(() => cellsOf(view, id, row)).toThrow();
  });

  it.each(['\u0000', '\ud800', 'e\u0301'])('with the text %j, which would not read back alike, is refused', (text) => {
    const texts: ViewShape = { ...view, columns: { case: 'text', t: 'text' } };
    expect(() => cellsOf(texts, id, { case: id, t: text })).toThrow(RangeError);
  });

  it('without its key is refused', () => {
    const lines: ViewShape = { ...view, key: ['case', 'n'] };
    expect(() => cellsOf(lines, id, { case: id })).toThrow('file: a row without n');
  });
});

describe('definitions', () => {
  it('have one digest in any order, and another when anything about them changes', () => {
    const other: ViewShape = { ...view, name: 'other' };
    expect(schemaDigest([view, other])).toBe(schemaDigest([other, view]));
    const changes: readonly ViewShape[] = [
      { ...view, name: 'renamed' },
      { ...view, columns: { ...view.columns, n: 'text' } },
      { ...view, key: ['case', 'n'] },
      { ...view, indexes: [['n']] },
    ];
    expect(new Set([view, ...changes].map((changed) => schemaDigest([changed]))).size).toBe(5);
    expect(() => inOrder([view, view])).toThrow(RangeError);
  });

  it.each(['', 'A', '_cases2', 'a b', 'a"b', 'x'.repeat(60)])('cannot be called %j', (name) => {
    expect(() => quoted(name)).toThrow(RangeError);
  });
});
