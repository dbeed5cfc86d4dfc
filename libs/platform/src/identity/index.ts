export * from './development-issuer.js';
export * from './identity.js';
export * from './identity-refused.js';
export * from './oidc.js';
export * from './token-check.js';
