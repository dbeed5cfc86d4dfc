import { assistance, caseFile } from '#libs/assistance';
import { caseSubject, legalDate, wordsFrom, type Uuid } from '#libs/kernel';
import {
  createSchema,
  listCases,
  projected,
  Projector,
  rebuild,
  viewTables,
  type CaseQuery,
  type ListedFor,
} from '../../libs/platform/src/views/index.js';
import {
  by,
  fedBack,
  organs,
  people,
  provided,
  requested,
  step,
} from '../../libs/testing/src/specification/assistance-cases.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import type { Logger } from '../../libs/platform/src/log/index.js';
import { silent } from '../service/index.js';
import { freshLedger, onEveryDatabase, until, whileRunning } from './bench.js';
import { MemoryKeys, SealedCases } from './sealed-cases.js';
import { id } from './tickets.js';

const system = projected(assistance);
const { market, ecology, audit, elsewhere } = organs;
const caseOf = SealedCases.caseOf;
const party = (organ: Uuid): ListedFor => ({ organs: [organ], handles: true, supervised: [] });
const supervisor: ListedFor = { organs: [audit], handles: false, supervised: [market, ecology] };
const worked = (on: string, said: string) => ({ ...step(on), data: { ...step(on).data, step: said } });

onEveryDatabase((db) => {
  /** Everything one test works on: a log, its keys, and views that follow it. */
  class Scene {
    readonly ledger = freshLedger();
    readonly log = new MemoryEventLog(this.ledger);
    readonly keys = new MemoryKeys();
    readonly cases = new SealedCases(this.log, this.ledger, this.keys);

    async follow(logger: Logger = silent, keys = this.keys): Promise<void> {
      await createSchema(db(), this.ledger, system.views);
      const parts = { db: db(), log: this.log, ledger: this.ledger, systems: [system], keys, logger };
      const projector = new Projector(parts);
      await whileRunning([projector], () => until(() => projector.lag().caughtUp));
    }

    rebuild() {
      return rebuild({ db: db(), log: this.log, ledger: this.ledger, systems: [system], keys: this.keys });
    }

    list(reader: ListedFor, query: Partial<CaseQuery> = {}) {
      return listCases(viewTables(db(), this.ledger), caseFile, reader, { limit: 50, ...query });
    }

    /** Numbers of the cases in which the words are found. */
    async find(reader: ListedFor, text: string, query: Partial<CaseQuery> = {}): Promise<readonly number[]> {
      const { cases } = await this.list(reader, { words: wordsFrom(text), ...query });
      return cases
        .map(({ row }) => [...Array(40).keys()].find((n) => caseOf(n) === row.case) ?? -1)
        .sort((a, b) => a - b);
    }

    async rows(): Promise<string> {
      const { schema } = viewTables(db(), this.ledger);
      return JSON.stringify(await db().query(`SELECT * FROM ${schema}._facts ORDER BY "case", revision`));
    }
  }

  describe('text', () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = new Scene();
      const { cases } = scene;
      await cases.record(
        0,
        market,
        requested('2026-09-17', { matter: '请协助调取 榕荫 监测记录', documentNumber: '厦市监函〔2026〕7号' }),
      );
      await cases.record(
        1,
        market,
        requested('2026-09-18', { matter: '核查"100%_"字样和 O\'Brien 的\\反斜杠；DROP TABLE' }),
      );
      await cases.record(
        2,
        market,
        requested('2026-09-19', { matter: '核实企业𫖯䶮的许可', legalBasis: '甲乙', requestedManner: '丙丁' }),
      );
      await cases.record(
        3,
        ecology,
        requested('2026-09-20', { matter: '榕荫', requesting: ecology, requested: market }),
      );
      await scene.follow();
    });

    it.each([
      ['榕荫', [0, 3]],
      ['榕荫监测', [0]],
      [' 监测  记录 ', [0]],
      ['100%', [1]],
      ['%_', [1]],
      ['__', []],
      ['%%', []],
      [`O'Brien`, [1]],
      ["o'brien", [1]],
      ['ＤＲＯＰ', [1]],
      ['的\\反', [1]],
      ['"100', [1]],
      ['𫖯䶮', [2]],
      ['甲乙', [2]],
      ['乙丙', []],
      ['荫监', [0]],
      ['荫记', []],
      ['(2026)7', [0]],
    ])('%s is found in %j', async (text, expected) => {
      expect(await scene.find(party(market), text)).toEqual(expected);
    });

    it('needs every condition, each in some fact', async () => {
      const market_ = party(market);
      expect(await scene.find(market_, '榕荫', { status: 'requested' })).toEqual([0, 3]);
      expect(await scene.find(market_, '榕荫', { status: 'closed' })).toEqual([]);
      expect(await scene.find(market_, '榕荫', { from: legalDate('2026-09-18') })).toEqual([3]);
      expect(await scene.find(market_, '榕荫', { to: legalDate('2026-09-17') })).toEqual([0]);
      expect(await scene.find(market_, '榕荫', { organ: ecology, number: wordsFrom('厦市监函[2026]7') })).toEqual([0]);
      expect(await scene.find(market_, '榕荫', { organ: elsewhere })).toEqual([]);
      expect((await scene.list(market_, { number: wordsFrom('榕荫') })).cases).toEqual([]);
      expect((await scene.list(market_, { officer: people.asker })).cases).toHaveLength(4);
    });

    it('is shown where it was found', async () => {
      const { cases, position } = await scene.list(party(market), {
        words: wordsFrom('榕荫'),
        to: legalDate('2026-09-17'),
      });
      expect(cases[0]?.hits).toMatchObject([
        { revision: 0, texts: expect.arrayContaining([expect.objectContaining({ at: '/matter' })]) },
      ]);
      const events: string[] = [];
      for await (const event of scene.log.readAll()) events.push(event.position);
      expect(position).toBe(events.at(-1));
    });

    it('is found by nobody else', async () => {
      for (const reader of [party(audit), party(elsewhere), { ...party(market), handles: false }])
        expect(await scene.find(reader, '榕荫')).toEqual([]);
      expect(await scene.find(supervisor, '榕荫')).toEqual([0, 3]);
      expect(await scene.find({ ...party(audit), organs: [audit, market] }, '榕荫')).toEqual([0, 3]);
    });
  });

  describe('an internal step', () => {
    it('is found by the other side only once it was fed back, and names nobody to it before', async () => {
      const scene = new Scene();
      await scene.cases.record(0, market, requested('2026-09-17', { matter: '请求核查' }));
      await scene.cases.record(0, ecology, {
        ...worked('2026-09-18', '内部会商意见'),
        data: { step: '内部会商意见', by: by.deputy },
      });
      await scene.follow();
      const readers = [party(market), party(ecology), supervisor];
      const found = async () => Promise.all(readers.map((reader) => scene.find(reader, '内部会商')));
      const named = async () =>
        Promise.all(readers.map(async (reader) => (await scene.list(reader, { officer: people.deputy })).cases.length));
      expect([await found(), await named()]).toEqual([
        [[], [0], [0]],
        [0, 1, 1],
      ]);
      // Both must stand in facts the reader sees: one that is theirs does not vouch for the other.
      expect(await scene.find(party(market), '请求核查', { officer: people.deputy })).toEqual([]);
      await scene.cases.record(0, ecology, provided('2026-09-21'));
      await scene.follow();
      expect(await found()).toEqual([[], [0], [0]]);
      await scene.cases.record(0, ecology, fedBack('2026-09-22'));
      await scene.follow();
      expect([await found(), await named()]).toEqual([
        [[0], [0], [0]],
        [1, 1, 1],
      ]);
    });
  });

  describe('what was erased', () => {
    const subject = (n: number): Uuid => id(['a counterparty', n]);
    const secret = '张三丰';

    async function withPeople(): Promise<Scene> {
      const scene = new Scene();
      const counterparties = [
        { subject: subject(1), name: secret, address: '鼓浪屿路' },
        { subject: subject(2), name: '李四光' },
      ];
      await scene.cases.record(0, market, requested('2026-09-17', { matter: '核查许可', counterparties }));
      await scene.cases.record(1, market, requested('2026-09-17', { matter: `另案提及${secret}` }));
      await scene.follow();
      return scene;
    }
    const erased = (of: Uuid) => ({
      type: 'SubjectErased',
      data: { request: id('r'), subject: of },
      occurredAt: { on: '2026-09-20' },
    });

    it('is not found and stands in no row from the fact on that erased it, though its key is still there', async () => {
      const scene = await withPeople();
      expect(await scene.find(party(market), secret)).toEqual([0, 1]);
      await scene.cases.record(0, market, erased(subject(1)));
      await scene.follow();
      expect(await scene.find(party(market), secret)).toEqual([1]);
      expect(await scene.find(party(market), '鼓浪屿')).toEqual([]);
      expect([await scene.find(party(market), '李四光'), await scene.find(party(market), '核查许可')]).toEqual([
        [0],
        [0],
      ]);
      await scene.cases.record(1, market, erased(caseSubject(caseOf(1))));
      await scene.follow();
      expect(await scene.find(party(market), secret)).toEqual([]);
      expect(await scene.rows()).not.toContain(secret);
      await scene.rebuild();
      expect(await scene.rows()).not.toContain(secret);
    });

    it('is not made anew once its key is gone, whatever the log says', async () => {
      const scene = await withPeople();
      await scene.keys.destroy(subject(1));
      await scene.keys.destroy(caseSubject(caseOf(1)));
      await scene.rebuild();
      expect(await scene.rows()).not.toContain(secret);
      expect(await scene.find(party(market), '李四光')).toEqual([0]);
    });
  });

  it('what cannot be opened for want of a key is told, and comes with the key', async () => {
    const scene = new Scene();
    await scene.cases.record(0, market, requested('2026-09-17', { matter: '核查许可' }));
    const warned: string[] = [];
    const logger = { ...silent, warn: (message: string) => void warned.push(message) };
    await scene.follow(logger, new MemoryKeys());
    expect([await scene.find(party(market), '核查'), (await scene.list(party(market))).cases.length]).toEqual([[], 1]);
    expect(warned).toEqual([expect.stringMatching(/^\d+ 处文字因密钥不可用没有编入检索/)]);
    await scene.rebuild();
    expect(await scene.find(party(market), '核查')).toEqual([0]);
  });

  it('follows from log and keys: live, corrected and rebuilt it is the same', async () => {
    const scene = new Scene();
    for (let n = 0; n < 12; n += 1) {
      await scene.cases.record(n, market, requested('2026-09-17', { matter: `第${n}件` }));
      const [worked_] = await scene.cases.record(n, ecology, worked('2026-09-18', `步骤 ${n}`));
      if (n % 3 > 0) continue;
      const request = {
        corrects: worked_?.id ?? '',
        version: 1,
        pointer: '/occurredAt',
        after: { on: '2026-09-19' },
        reason: '笔误',
      };
      const [asked] = await scene.cases.record(n, ecology, {
        type: 'CorrectionRequested',
        data: request,
        occurredAt: { on: '2026-09-20' },
      });
      await scene.cases.record(n, ecology, {
        type: 'FactCorrected',
        data: { request: asked?.id ?? '' },
        occurredAt: { on: '2026-09-20' },
      });
      await scene.follow();
    }
    await scene.follow();
    const live = await scene.rows();
    expect(live).toContain('步骤11');
    await scene.rebuild();
    expect(await scene.rows()).toBe(live);
  });

  describe('pages', () => {
    it.each([1, 2, 3, 7])(
      'of %i miss none that matched throughout and double none, whatever is written between them',
      async (limit) => {
        const scene = new Scene();
        for (let n = 0; n < 20; n += 1)
          await scene.cases.record(n, market, requested('2026-09-17', { matter: n % 2 ? '榕荫核查' : '其他' }));
        await scene.follow();
        const seen: Uuid[] = [];
        let after: string | undefined;
        let opened = 20;
        do {
          const page = await scene.list(party(market), { words: wordsFrom('榕荫'), limit, after });
          seen.push(...page.cases.map(({ row }) => row.case as Uuid));
          after = page.next;
          // What was seen and what is yet to come is moved, and more is opened.
          for (const n of [1, 5, 9, 13, 19]) await scene.cases.record(n, ecology, worked('2026-09-18', '又办一步'));
          await scene.cases.record(opened, market, requested('2026-09-17', { matter: '新来的榕荫' }));
          opened += 1;
          await scene.follow();
        } while (after !== undefined);
        const expected = [19, 17, 15, 13, 11, 9, 7, 5, 3, 1].map(caseOf);
        expect(seen).toEqual(expected);
      },
    );

    it('go on over a rebuild, and refuse a cursor that is none', async () => {
      const scene = new Scene();
      for (let n = 0; n < 5; n += 1) await scene.cases.record(n, market, requested('2026-09-17'));
      await scene.follow();
      const first = await scene.list(party(market), { limit: 2 });
      await scene.rebuild();
      const second = await scene.list(party(market), { limit: 9, after: first.next });
      expect([...first.cases, ...second.cases].map(({ row }) => row.case)).toEqual([4, 3, 2, 1, 0].map(caseOf));
      expect(second.next).toBeUndefined();
      for (const after of [
        '',
        'x',
        'bnVsbA',
        Buffer.from('[1]').toString('base64url'),
        Buffer.from('["1 OR 1"]').toString('base64url'),
      ])
        await expect(scene.list(party(market), { after })).rejects.toThrow(RangeError);
    });
  });
});
