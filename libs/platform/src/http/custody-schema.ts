import { article, id, list, number, object, occurrence, says, text } from './schema-parts.js';

const elapsed = {
  days: { ...number, description: '历时的日历天数；各环节之和等于全程' },
  microseconds: { ...number, description: '历时，起止都有钟点时才有' },
};

/** 责任链. @param head which moment is spoken of. @param duty one that is open beside the turns. */
export const custodyOf = (head: Readonly<Record<string, object>>, duty: object): object =>
  object(
    {
      ...head,
      case: id,
      revision: number,
      ...elapsed,
      turns: list(
        object(
          {
            from: occurrence,
            to: { ...occurrence, description: '下一环节开始之时；最后一个环节没有' },
            since: { ...id, description: '使本环节开始的事实' },
            endedBy: { ...id, description: '使本环节结束的事实' },
            holders: {
              ...list(
                object({
                  organ: id,
                  officers: {
                    ...list(object({ person: id, post: text, from: occurrence, event: id })),
                    description: '具名承办人，在前的是本环节开始时的；空的为未见具名承办人',
                  },
                }),
              ),
              description: '由谁承办；空的为无须任何机关承办',
            },
            task: { ...text, description: '该做的事' },
            rule: { ...text, description: '所依据的规则；没有的为产品约定' },
            clock: { ...text, description: '其间计算的期限' },
            suspended: { type: 'boolean', description: '其间期限中止' },
            ...elapsed,
            ...article,
            ...says,
          },
          ['to', 'endedBy', 'rule', 'clock', 'microseconds', 'article'],
        ),
      ),
      duties: { ...list(duty), description: '与责任环节并行的待办' },
    },
    ['mode', 'occurredBy', 'microseconds'],
  );
