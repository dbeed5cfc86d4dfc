import type { PolicyRow, Relation, Uuid, Viewer } from '#libs/kernel';
import { supervisedBy, supervises, type LawBook } from '#libs/law';
import type { SamplingFactType } from './facts.js';
import type { Sample } from './sample-state.js';

const bySupervisors: PolicyRow = { record: { relations: ['supervising'], roles: ['supervisor'] }, read: 'parties' };

/** Who may record what. Whose cases may be drawn (本级优先) the decider looks at. */
export const policy: Readonly<Record<SamplingFactType, PolicyRow>> = {
  SampleFrameFixed: bySupervisors,
  SampleDrawn: { record: { relations: ['service'], roles: ['service'] }, read: 'parties' },
  SampleChecked: bySupervisors,
};

/** A sample is the business of its office and of who supervises that; the organs whose cases were drawn are not told. */
export const relation = ({ office }: Sample, viewer: Viewer, { organs }: LawBook): Relation =>
  office !== undefined && supervises(organs, viewer, office) ? 'supervising' : 'none';

/** The organs over whose samples {@link relation} lets the viewer supervise. */
export const supervised = (viewer: Viewer, { organs }: LawBook): readonly Uuid[] => supervisedBy(viewer, organs);
