import { day, id, list, number, object, text } from './schema-parts.js';

/** A day of a count. */
export const dayOfCount = object(
  {
    day,
    counted: { type: 'boolean' },
    provisional: { type: 'boolean' },
    why: {
      type: 'string',
      enum: ['firstDay', 'weekday', 'weekend', 'statutory', 'holiday', 'worked', 'suspended'],
      description: 'statutory 为法定节假日，holiday 为依通知的放假调休',
    },
    name: { ...text, description: '节日' },
    statute: { ...text, description: '法定节假日所依据的条款' },
    notice: { ...text, description: '使之为放假或者调休上班日的通知；只依法定节假日推算的没有' },
    part: { ...number, description: '0 为期限本身，其后每次延长加一' },
    suspendedBy: { ...text, description: '中止计算所依据的规则' },
    rolledOver: { type: 'boolean', description: '最后一日顺延越过或者移到的一日' },
  },
  ['name', 'statute', 'notice', 'suspendedBy', 'rolledOver'],
);

/** 期限说明. @param head which moment is spoken of. */
export const explainedOf = (
  head: Readonly<Record<string, object>>,
  clock: Readonly<Record<string, object>>,
  optional: readonly string[],
): object =>
  object(
    {
      ...head,
      case: id,
      revision: number,
      clocks: list(
        object(
          {
            ...clock,
            days: { ...list(dayOfCount), description: '逐日的计算；没有逐日计算的为空' },
            parts: {
              ...list(
                object(
                  {
                    part: number,
                    from: day,
                    due: day,
                    days: number,
                    unit: { type: 'string', enum: ['workingDay', 'calendarDay'] },
                  },
                  ['from', 'due'],
                ),
              ),
              description: '期限本身和每次有效的延长；中止尚未结束的没有 due，其后的延长也没有 from',
            },
            cites: { ...list(object({ rule: text, article: text, instrument: text })), description: '所依据的条款' },
            notices: { ...list(text), description: '各年的节假日安排所依据的通知，或者未录有文号' },
            text: { ...list(text), description: '给人看的说明，逐行' },
          },
          optional,
        ),
      ),
    },
    ['mode', 'occurredBy'],
  );
