/** 案件关系 of an appointment's organ, read from the folded case: it asked, it was asked, it supervises, or none. */
export type Relation = 'requesting' | 'requested' | 'supervising' | 'none';

/**
 * One row of a system's policy: who may record a kind of fact, and who may read it once recorded. Roles are those of the
 * organ register. What a row does not allow is refused.
 */
export interface PolicyRow {
  readonly record: { readonly relations: readonly Relation[]; readonly roles: readonly string[] };
  /** `parties`: both sides and supervision. `ownUntilFeedback`: the recording organ's own until it has been fed back. */
  readonly read: 'parties' | 'ownUntilFeedback';
}
