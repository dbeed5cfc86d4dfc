import type { Uuid } from '#libs/kernel';
import { standingFor, type OrganRegister } from '#libs/law';
import type { Anomaly, SupervisionFile } from './file-state.js';

/** 所涉机关: the organ that an anomaly is for, or both sides where it is for neither alone. */
export const concernedBy = ({ supervised }: SupervisionFile, { holder }: Pick<Anomaly, 'holder'>): readonly Uuid[] =>
  holder === undefined ? (supervised?.parties ?? []) : [holder];

/** Whether `organ` is one of these, or now stands in the place of one (职权承继). */
export const isAmong = (among: readonly Uuid[], organ: Uuid | undefined, register: OrganRegister): boolean =>
  organ !== undefined && among.some((one) => one === organ || standingFor(register, one) === organ);
