import type { Figure, Question } from '#libs/kernel';
import { newestIn } from '../../ledger/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { disclosureOf } from './admission.js';
import { rulesOf } from './asked-question.js';
import type { QuestionParts } from './parts.js';

/** A question as it is told to who might ask it. */
export interface ToldQuestion {
  /** The system of whose packs its rules are. */
  readonly category: string;
  readonly question: string;
  readonly asks: string;
  readonly href: string;
  readonly parameters: readonly object[];
  readonly figures?: readonly Pick<Figure, 'code' | 'says'>[];
  readonly restsOn: Question['restsOn'];
}

/** 问题目录: what may be asked, with the rules that the packs in hand let it rest on. */
export function questionList(
  { law, pages }: QuestionParts,
  told: readonly ToldQuestion[],
  http: Exchange,
): Promise<Disclosed<object>> {
  return disclose(disclosureOf(http, 'questions'), () => {
    const { book, places } = law.inHand;
    const position = newestIn(places);
    void http.reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
    const questions = told.map(({ category, restsOn, ...question }) => ({
      ...question,
      rules: rulesOf(book, category, restsOn),
    }));
    return Promise.resolve({ ...pages.mode, position, questions });
  });
}
