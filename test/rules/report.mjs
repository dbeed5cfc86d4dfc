/**
 * What a run of the pure specs showed of every rule of the catalogue. It is made from what the run left behind (see
 * libs/testing/src/specification/proofs.ts) and from jest's own results, never by searching texts.
 */

/** One row a rule, in the order of the catalogue. A proof counts only if every test of that name in that file passed. */
export function reportOf({ catalogue, gathered, passed }) {
  const tests = gathered.flatMap(({ proofs }) => proofs.filter(({ file, name }) => passed(file, name)));
  const reached = gathered.flatMap((file) => file.reached);
  const claimed = new Set(gathered.flatMap((file) => [...file.claimed, ...file.reached.map(({ rule }) => rule)]));
  const rows = catalogue.map(({ id, system, check }) => ({
    id,
    system,
    check,
    implemented: sorted(reached.filter(({ rule }) => rule === id).map(({ file }) => file)),
    tests: tests
      .filter(({ rule }) => rule === id)
      .map(({ file, name, outcome }) => ({ file, name, outcome }))
      .sort((a, b) => compare(a.file, b.file) || compare(a.name, b.name) || compare(a.outcome, b.outcome)),
  }));
  return { rows, claimed };
}

/** What is missing of the rules that are claimed, one sentence each. */
export function faultsOf({ rows, claimed }) {
  if (claimed.size === 0) return ['没有运行任何用到规则的测试'];
  const known = new Map(rows.map((row) => [row.id, row]));
  return sorted(claimed).flatMap((id) => {
    const row = known.get(id);
    if (!row) return [`${id}：规则目录中没有此条`];
    const has = (outcome) => row.tests.some((test) => test.outcome === outcome);
    const missing = [
      ...(row.implemented.length === 0 ? ['没有任何产品代码用到它'] : []),
      ...(has('fires') ? [] : ['没有测试表明它何时起作用']),
      ...(has('silent') ? [] : ['没有测试表明它何时不起作用']),
    ];
    return missing.length === 0 ? [] : [`${id}：${missing.join('；')}`];
  });
}

const CHECKS = { auto: '软件判断', record: '留痕', human: '由人判断' };

/** The report for people: a table per system, its totals, and the tests of each rule under it. */
export function printed({ rows, claimed }, { says }) {
  const systems = [...new Set(rows.map(({ system }) => system))];
  const totals = [];
  const tables = systems.map((system) => {
    const own = rows.filter((row) => row.system === system);
    const proven = own.filter(({ implemented, tests }) => implemented.length > 0 && bothIn(tests));
    const implemented = own.filter((row) => row.implemented.length > 0);
    totals.push(`${system.padEnd(16)}${counted(own)}条，已实现${counted(implemented)}条，测试齐备${counted(proven)}条`);
    return [`\n== ${system}`, ...own.flatMap((row) => linesOf(row, claimed, says))].join('\n');
  });
  return [...tables, '\n== 合计', ...totals, ''].join('\n');
}

function linesOf({ id, check, implemented, tests }, claimed, says) {
  const head = `${id.padEnd(10)}${CHECKS[check]}  ${says(id)}`;
  if (implemented.length === 0 && !claimed.has(id)) return [`${head}  （未实现）`];
  return [
    head,
    ...implemented.map((file) => `    实现  ${file}`),
    ...tests.map(({ file, name, outcome }) => `    ${outcome === 'fires' ? '起作用' : '不起作用'}  ${file}  ${name}`),
  ];
}

const bothIn = (tests) => ['fires', 'silent'].every((outcome) => tests.some((test) => test.outcome === outcome));
const counted = (list) => String(list.length).padStart(3);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (values) => [...new Set(values)].sort(compare);
