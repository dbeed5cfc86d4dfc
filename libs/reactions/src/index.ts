export { whenAFrameIsFixedDrawTheSample } from './when-a-frame-is-fixed-draw-the-sample.js';
export { whenAPressingRequestIsRefusedAskForReview } from './when-a-pressing-request-is-refused-ask-for-review.js';
export { whenASubjectIsErasedDestroyItsKey } from './when-a-subject-is-erased-destroy-its-key.js';
export { supervisionFileOf, whenTimePassesSuperviseEachCase } from './when-time-passes-supervise-each-case.js';
