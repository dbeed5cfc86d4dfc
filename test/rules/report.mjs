/**
 * What a run of the pure specs showed of every rule of the catalogue. It is made from what the run left behind (see
 * libs/testing/src/specification/proofs.ts) and from jest's own results, never by searching texts.
 */

/** One row a rule, in the order of the catalogue. A proof counts only if every test of that name in that file passed. */
export function reportOf({ catalogue, gathered, passed }) {
  const tests = gathered.flatMap(({ proofs }) => proofs.filter(({ file, name }) => passed(file, name)));
  const reached = gathered.flatMap((file) => file.reached);
  // A fact on record may name a rule that no catalogue has, and is read all the same; law and code may not.
  const known = new Set(catalogue.map(({ id }) => id));
  const read = gathered.flatMap((file) => file.reached.map(({ rule }) => rule)).filter((rule) => known.has(rule));
  const claimed = new Set([...gathered.flatMap((file) => file.claimed), ...read]);
  const rows = catalogue.map(({ id, system, check, deadline }) => {
    const implemented = sorted(reached.filter(({ rule }) => rule === id).map(({ file }) => file));
    const own = tests.filter(({ rule }) => rule === id);
    return {
      id,
      pack: packOf(id),
      system,
      check,
      ...(deadline && { deadline }),
      as: groundOf(implemented, own),
      implemented,
      tests: own
        .map(({ file, name, outcome }) => ({ file, name, outcome }))
        .sort((a, b) => compare(a.file, b.file) || compare(a.name, b.name) || compare(a.outcome, b.outcome)),
    };
  });
  return { rows, claimed };
}

/**
 * What a rule is implemented as: `system`, by a system that records its facts; `clock`, only its limit, counted and explained
 * by itself, with no system yet that records what starts and stops it; `none`.
 */
function groundOf(implemented, tests) {
  if (implemented.length === 0) return 'none';
  return tests.length > 0 && tests.every(({ ground }) => ground === 'clock') ? 'clock' : 'system';
}

/** The text a rule belongs to: the letters its id begins with. */
const packOf = (id) => id.split('-')[0];

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

/** The report for people: a table per system with the tests of each rule, and totals per system and per text. */
export function printed({ rows, claimed }, { says }) {
  const named = (key) => [...new Set(rows.map((row) => row[key]))];
  const tables = named('system').map((system) => {
    const own = rows.filter((row) => row.system === system);
    return [`\n== ${system}`, ...own.flatMap((row) => linesOf(row, claimed, says))].join('\n');
  });
  const totals = (key) =>
    named(key).map((name) =>
      totalOf(
        name,
        rows.filter((row) => row[key] === name),
      ),
    );
  return [
    ...tables,
    '\n== 按系统合计',
    ...totals('system'),
    '\n== 按文本合计',
    ...totals('pack'),
    totalOf('全部', rows),
    '',
  ].join('\n');
}

/** How many rules there are, of which kind, how many a system implements and tests show both ways, and how many are clocks alone. */
function totalOf(name, rows) {
  const implemented = rows.filter((row) => row.as === 'system');
  const counting = rows.filter((row) => row.as === 'clock');
  const proven = implemented.filter(({ tests }) => bothIn(tests));
  const kinds = Object.entries(CHECKS).map(
    ([kind, word]) => `${word}${counted(rows.filter((row) => row.check === kind))}`,
  );
  const limits = rows.filter(({ deadline }) => deadline);
  const counts = `${counted(rows)}条（${kinds.join('，')}），已实现${counted(implemented)}条，测试齐备${counted(proven)}条`;
  const asClocks = counting.length === 0 ? '' : `，另有${counted(counting)}条只实现了时限，尚无系统记录其事实`;
  return `${name.padEnd(20)}${counts}${asClocks}${limits.length === 0 ? '' : `，有时限${counted(limits)}条`}`;
}

function linesOf({ id, check, as, implemented, tests }, claimed, says) {
  const alone = as === 'clock' ? '  （只有时限，尚无系统记录其事实）' : '';
  const head = `${id.padEnd(10)}${CHECKS[check]}  ${says(id)}${alone}`;
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
