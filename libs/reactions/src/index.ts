export { whenASubjectIsErasedDestroyItsKey } from './when-a-subject-is-erased-destroy-its-key.js';
