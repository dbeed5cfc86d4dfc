export * from './document-folder.js';
export * from './document-store.js';
export { declaredIn, endingsOf, KEPT_TYPES, MEDIA_NAMES } from './media-types.js';
