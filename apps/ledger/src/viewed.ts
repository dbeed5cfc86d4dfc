import { assistance } from '#libs/assistance';
import { projected, withDueIndex } from '#libs/platform';
import { sampling, supervision } from '#libs/supervision';

/**
 * What the read models are fed from. Whoever opens them, service or command line, must name the same: tables made from
 * other definitions are made anew.
 */
export const VIEWED = [projected(withDueIndex(assistance)), projected(withDueIndex(supervision)), projected(sampling)];
