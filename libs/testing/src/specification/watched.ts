import { isAbsolute } from 'node:path';
import { claim, fromRoot, isGathering, reach } from './proofs.js';

/*
 * Which rules the product asks about while a case is decided or judged. No rule id stands in product code: every one is
 * read from a pack, or from the fact by which a person decided on it. So watching those, and the check functions a pack
 * names, sees them all, without a word in the product.
 */

let asked: Set<string> | undefined;

/** Runs `judge` and says about which rules it asked: whose statement of the pack was looked at, or whose check ran. */
export function asking<T>(judge: () => T): { readonly came: T; readonly asked: ReadonlySet<string> } {
  const before = asked;
  const own = new Set<string>();
  asked = own;
  try {
    return { came: judge(), asked: own };
  } finally {
    asked = before;
    for (const rule of own) before?.add(rule);
  }
}

/**
 * The pack with every reading of it noticed. A statement of a pack is one clock or one code list: whoever looks at any part
 * of it asks about all rules in it. A check is asked about when its function runs: see {@link watchChecks}.
 */
export function watchedPack<P extends { readonly systems: object }>(pack: P): P {
  claim(rulesIn(pack));
  const systems = Object.entries(pack.systems as Readonly<Record<string, Statements>>).map(([name, own]) => [
    name,
    {
      ...own,
      clocks: own.clocks.map((clock) => watchedStatement(clock)),
      codes: Object.fromEntries(Object.entries(own.codes).map(([list, entries]) => [list, watchedStatement(entries)])),
      ...(own.values ? { values: watchedValues(own.values) } : {}),
    },
  ]);
  return { ...pack, systems: Object.fromEntries(systems) as P['systems'] };
}

interface Statements {
  readonly clocks: readonly object[];
  readonly codes: Readonly<Record<string, readonly object[]>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

const RULE_ID = /^[A-Z]{2,}-\d+(-\d+)*$/;

/** Values of a pack that name a rule: whoever reads one asks about that rule, and has come to it. */
function watchedValues(values: Readonly<Record<string, unknown>>): object {
  const copy = { ...values };
  for (const [name, rule] of Object.entries(values)) {
    if (typeof rule !== 'string' || !RULE_ID.test(rule)) continue;
    claim([rule]);
    Object.defineProperty(copy, name, {
      enumerable: true,
      get: () => {
        asked?.add(rule);
        reachedFrom(rule);
        return rule;
      },
    });
  }
  return copy;
}

function watchedStatement<S extends object>(statement: S): S {
  const rules = rulesIn(statement);
  return rules.length === 0 ? statement : watchedMembers(statement, () => rules.forEach((rule) => asked?.add(rule)));
}

/** What a person has decided on: whoever reads of which rule a fact speaks asks about that rule. */
export function watchedFact<D extends object>(data: D): D {
  if (!('rule' in data) || typeof data.rule !== 'string') return data;
  const { rule } = data;
  return Object.defineProperty({ ...data }, 'rule', {
    enumerable: true,
    get: () => {
      asked?.add(rule);
      reachedFrom(rule);
      return rule;
    },
  });
}

/**
 * A copy whose members say when they are read. Who reads a rule, or compares the code that stands for one, has come to it,
 * and is noticed by file.
 */
function watchedMembers<V extends object>(value: V, noticed: () => void): V {
  const copy: object = Array.isArray(value) ? [] : {};
  const own: unknown = 'rule' in value ? value.rule : undefined;
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const kept = isObject(member) ? watchedMembers(member, noticed) : member;
    Object.defineProperty(copy, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        noticed();
        if (typeof own === 'string' && (name === 'rule' || name === 'code')) reachedFrom(own);
        return kept;
      },
    });
  }
  // Member for member what `value` has.
  return copy as V;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const rulesIn = (value: object): string[] =>
  Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (name === 'rule' && typeof member === 'string') return [member];
    return isObject(member) ? rulesIn(member) : [];
  });

type CheckOf<Case, Findings> = (of: Case, rule: string) => Findings;

/** Lets every check of a system's table say for which rule it ran. It is implemented by the file that defines it. */
export function watchChecks<Case, Findings>(table: Record<string, CheckOf<Case, Findings>>): void {
  for (const [name, check] of Object.entries(table)) {
    const file = isGathering() ? definingFile(check, table) : undefined;
    table[name] = (of, rule) => {
      asked?.add(rule);
      if (file !== undefined) reach(rule, file);
      return check(of, rule);
    };
  }
}

/** Of the modules loaded that have `check`, the one with the fewest exports: whoever only gathers checks has more. */
function definingFile(check: unknown, table: object): string | undefined {
  const holders = Object.values(require.cache).flatMap((module) => {
    if (!module?.loaded || NOT_PRODUCT.test(fromRoot(module.filename))) return [];
    const exported: unknown = module.exports;
    if (!isObject(exported) || exported === table) return [];
    const members = Object.values(exported) as readonly unknown[];
    return members.includes(check) ? [{ path: module.filename, count: members.length }] : [];
  });
  return holders.toSorted((a, b) => a.count - b.count).map(({ path }) => fromRoot(path))[0];
}

/** The innermost file of the product on the stack is the one that has come to `rule`. */
function reachedFrom(rule: string): void {
  if (!isGathering()) return;
  const path = pathsOnStack().find((candidate) => isAbsolute(candidate) && !NOT_PRODUCT.test(fromRoot(candidate)));
  if (path !== undefined) reach(rule, fromRoot(path));
}

const NOT_PRODUCT = /^(\.\.|node_modules\/|libs\/testing\/)|\.spec\.ts$/;
const DEEP_ENOUGH = 8;

/** Innermost first. */
function pathsOnStack(): readonly string[] {
  const before = Object.getOwnPropertyDescriptors(Error);
  try {
    Error.stackTraceLimit = DEEP_ENOUGH;
    Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName() ?? '');
    // The line above makes the stack a list of paths, which its type does not say.
    return new Error().stack as unknown as readonly string[];
  } finally {
    Object.assign(Error, {
      prepareStackTrace: before.prepareStackTrace?.value as unknown,
      stackTraceLimit: before.stackTraceLimit.value,
    });
  }
}
