import {
  ApproveCorrection,
  ApproveErasure,
  RefuseCorrection,
  RefuseErasure,
  RequestCorrection,
  RequestErasure,
} from '#libs/kernel';
import type { ActRoute } from './act-route.js';

/** The routes of every system whose cases take corrections and erasures. `:request` stands for the event that asked. */
const ROUTES: readonly (Omit<ActRoute, 'name'> & { readonly name: readonly [act: string, noun: string] })[] = [
  {
    path: ':id/corrections',
    command: RequestCorrection,
    says: '申请更正一项记录的一个字段',
    name: ['request', 'Correction'],
  },
  {
    path: ':id/corrections/:request/approval',
    command: ApproveCorrection,
    says: '准予更正（须由另一人决定）',
    name: ['approve', 'Correction'],
  },
  {
    path: ':id/corrections/:request/refusal',
    command: RefuseCorrection,
    says: '不予更正（须由另一人决定）',
    name: ['refuse', 'Correction'],
  },
  {
    path: ':id/erasures',
    command: RequestErasure,
    says: '申请删除一人的个人信息、一份附件，或者本案的文字',
    name: ['request', 'Erasure'],
  },
  {
    path: ':id/erasures/:request/approval',
    command: ApproveErasure,
    says: '准予删除（须由另一人决定，不可撤销）',
    name: ['approve', 'Erasure'],
  },
  {
    path: ':id/erasures/:request/refusal',
    command: RefuseErasure,
    says: '不予删除（须由另一人决定）',
    name: ['refuse', 'Erasure'],
  },
];

/** Operations have a name of their own in each system. */
export const commonRoutes = (category: string): readonly ActRoute[] =>
  ROUTES.map(({ name: [act, noun], ...route }) => ({
    ...route,
    name: `${act}${category.charAt(0).toUpperCase()}${category.slice(1)}${noun}`,
  }));
