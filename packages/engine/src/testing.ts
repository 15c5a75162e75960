// For who writes another store or executor: the suite it has to pass. Not part of the packed engine.
export { openStoreForRun } from './store/open-store.ts';
export { describeStore } from './store/testing/store-contract.ts';
