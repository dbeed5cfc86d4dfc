import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Day, dayOf, Id, Matching, OneOf, Optional, Text, type LegalDate, type Uuid } from '#libs/kernel';
import {
  codesInForce,
  LimitRefused,
  organAbout,
  reckonAsked,
  reckonedText,
  rolesInForce,
  type Calendar,
  type LawBook,
  type OrganRegister,
} from '#libs/law';
import { LawShelf, newestIn } from '../ledger/index.js';
import { Reads } from './acts.js';
import { Http, single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed } from './disclosed.js';
import { Fault } from './fault.js';
import { PresentMoment } from './me.controller.js';

/** 期限计算 query: what the command line's `kesu due` takes. */
export class DueQuery {
  @Text('起始日', 40) from!: string;
  @Text('期限', 20) limit!: string;
  /** Several stand beside each other: `10wd,10wd`. */
  @Optional() @Text('延长', 200) extend?: string;
  @Optional() @OneOf('倒数', ['true', 'false']) before?: string;
}

/** A place and a day: those of the reader's own organ, and today, where nothing is said. */
export class PlaceAndDayQuery {
  @Optional() @Id('机关') organ?: Uuid;
  @Optional() @Matching('行政区划代码', /^\d{6}$/, '须为 6 位数字') region?: string;
  @Optional() @Day('日期') on?: LegalDate;
}

/** 法: what follows from the law in hand alone, without a case. */
@ApiTags('law 期限计算')
@Controller('v1/law')
export class LawController {
  constructor(
    @Inject(LawShelf) private readonly law: LawShelf,
    @Inject(PresentMoment) private readonly clock: PresentMoment,
  ) {}

  @Reads({ path: 'due', name: 'reckonDue', says: '计算期限，逐日说明', answers: 'Reckoned', query: DueQuery })
  due(@Query() query: DueQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.told(http, 'due', ({ calendar }) => {
      const reckoned = reckonedOf(query, calendar);
      const { version, source } = calendar;
      return { ...reckoned, says: reckonedText(reckoned), calendar: { version, source } };
    });
  }

  @Reads({
    path: 'codes',
    name: 'listCodes',
    says: '代码表：某日施行于某机关所在地（或者某区划）的规则包，及其代码、名称和规则；供填写请求内容',
    answers: 'CodeLists',
    query: PlaceAndDayQuery,
  })
  codes(@Query() query: PlaceAndDayQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.inForce(query, http, 'codes', ({ book, region, on }) => ({ packs: codesInForce(book, region, on) }));
  }

  @Reads({
    path: 'roles',
    name: 'listRoles',
    says: '机构指称：某日施行的规则包所称的机构（如机构编制部门），及当日承担的机关；没有对应机关的，列为空',
    answers: 'Roles',
    query: PlaceAndDayQuery,
  })
  roles(@Query() query: PlaceAndDayQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.inForce(query, http, 'roles', ({ book, region, on }) => ({ packs: rolesInForce(book, region, on) }));
  }

  /** What is in force at a place on a day. */
  private inForce(
    query: PlaceAndDayQuery,
    http: Exchange,
    what: string,
    told: (at: { readonly book: LawBook; readonly region: string; readonly on: LegalDate }) => object,
  ): Promise<Disclosed<object>> {
    return this.told(http, what, (book) => {
      const on = query.on ?? dayOf(this.clock.now());
      const region = regionOf(book.organs, { ...query, on, own: http.caller.viewer.organ });
      return { on, region, ...told({ book, region, on }) };
    });
  }

  /** What follows from the law in hand, with the place of the log it speaks for. */
  private told(
    { caller, request, reply }: Exchange,
    what: string,
    answer: (book: LawBook) => object,
  ): Promise<Disclosed<object>> {
    const purpose = purposeFrom(single(request.headers['kesu-purpose'])) ?? 'handling';
    return disclose({ recorder: caller.recorder, purpose, what: `law/${what}` }, () => {
      const { book, places } = this.law.inHand;
      const position = newestIn(places);
      void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
      return Promise.resolve({ position, ...answer(book) });
    });
  }
}

/** The region asked about, or that of the organ asked about. @throws Fault QUERY_INVALID, ENTRY_NOT_FOUND */
function regionOf(
  register: OrganRegister,
  { organ, region, on, own }: PlaceAndDayQuery & { on: LegalDate; own: Uuid },
) {
  if (organ !== undefined && region !== undefined)
    throw new Fault('QUERY_INVALID', {
      errors: [{ pointer: '?region', code: 'either', message: '机关（organ）和行政区划（region）只能写明一项' }],
    });
  const found = region ?? organAbout(register, organ ?? own, on)?.region;
  if (found === undefined) throw new Fault('ENTRY_NOT_FOUND');
  return found;
}

function reckonedOf({ from, limit, extend, before }: DueQuery, calendar: Calendar) {
  try {
    const extensions = (extend ?? '').split(',').filter((text) => text !== '');
    return reckonAsked(calendar, { from, limit, extend: extensions, before: before === 'true' });
  } catch (error) {
    if (error instanceof LimitRefused) throw invalid(error.field, error.message);
    throw error;
  }
}

const invalid = (name: string, message: string): Fault =>
  new Fault('QUERY_INVALID', { errors: [{ pointer: `?${name}`, code: 'limit', message }] });
