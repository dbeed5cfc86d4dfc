/**
 * 案件关系 of an appointment's organ, read from the folded case: it asked, it was asked, it supervises, or none. To the
 * organ register, which is no case between two sides, an appointment stands as one that keeps it, or as one in it; to a
 * supervision file, as one of an organ whose case is supervised. `service`: nobody's organ, but this program itself, by a reaction.
 */
export type Relation =
  'requesting' | 'requested' | 'supervising' | 'supervised' | 'keeping' | 'registered' | 'service' | 'none';

/** Whoever stands in one of these relations to the case and has one of these roles. */
export interface Grant {
  readonly relations: readonly Relation[];
  readonly roles: readonly string[];
}

/**
 * One row of a system's policy: who may record a kind of fact, and who may read it once recorded. Roles are those of the
 * organ register. What a row does not allow is refused.
 */
export interface PolicyRow {
  readonly record: Grant;
  /** `parties`: both sides and supervision. `ownUntilFeedback`: the recording organ's own until it has been fed back. */
  readonly read: 'parties' | 'ownUntilFeedback';
}

/** Whether one of `grants` is of who stands so to the case and has these roles. */
export const isGranted = (grants: readonly Grant[], relation: Relation, roles: readonly string[]): boolean =>
  grants.some((grant) => grant.relations.includes(relation) && grant.roles.some((role) => roles.includes(role)));
