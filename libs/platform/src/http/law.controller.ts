import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Optional, Text } from '#libs/kernel';
import { beginningFrom, daysFrom, limitFrom, LimitRefused, reckon, reckonedText } from '#libs/law';
import { LawShelf, newestIn } from '../ledger/index.js';
import { Reads } from './acts.js';
import { Http, single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed } from './disclosed.js';
import { Fault } from './fault.js';

/** 期限计算 query: what the command line's `kesu due` takes. */
export class DueQuery {
  @Text('起始日', 40) from!: string;
  @Text('期限', 20) limit!: string;
  /** Several stand beside each other: `10wd,10wd`. */
  @Optional() @Text('延长', 200) extend?: string;
  @Optional() @Text('倒数', 5) before?: string;
}

/** 法: what follows from the law in hand alone, without a case. */
@ApiTags('law 期限计算')
@Controller('v1/law')
export class LawController {
  constructor(@Inject(LawShelf) private readonly law: LawShelf) {}

  @Reads({ path: 'due', name: 'reckonDue', says: '计算期限，逐日说明', answers: 'Reckoned', query: DueQuery })
  due(@Query() query: DueQuery, @Http() { caller, request, reply }: Exchange): Promise<Disclosed<object>> {
    const purpose = purposeFrom(single(request.headers['kesu-purpose'])) ?? 'handling';
    return disclose({ recorder: caller.recorder, purpose, what: 'law/due' }, () => {
      const { book, places } = this.law.inHand;
      const { calendar } = book;
      const position = newestIn(places);
      void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
      const reckoned = reckonedOf(query, calendar);
      return Promise.resolve({
        position,
        ...reckoned,
        says: reckonedText(reckoned),
        calendar: { version: calendar.version, source: calendar.source },
      });
    });
  }
}

function reckonedOf({ from, limit, extend, before }: DueQuery, calendar: Parameters<typeof reckon>[0]) {
  if (before !== undefined && before !== 'true' && before !== 'false')
    throw invalid('before', '倒数须为 true 或 false');
  try {
    return reckon(calendar, {
      from: beginningFrom(from),
      limit: limitFrom('limit', limit),
      extensions: (extend ?? '')
        .split(',')
        .filter((text) => text !== '')
        .map((text) => daysFrom('extend', text)),
      before: before === 'true',
    });
  } catch (error) {
    if (error instanceof LimitRefused) throw invalid(error.field, error.message);
    if (error instanceof RangeError)
      throw invalid('limit', '小时须自带时区的时间起算，且不能延长或倒数；倒数的期限不能延长');
    throw error;
  }
}

const invalid = (name: string, message: string): Fault =>
  new Fault('QUERY_INVALID', { errors: [{ pointer: `?${name}`, code: 'limit', message }] });
