// A page that gets what no service sends, so that our own code fails in it.

/**
 * Evaluated in the page: the view of every run comes without its steps, for as long as `torn` is true, whichever way it comes. It is asked for and it
 * is told of, and which of the two is there first is nobody's to say: with only the answer torn, the page was mostly drawn whole.
 */
export const TEAR_RUNS = `{
  const read = JSON.parse;
  const tear = (value) => (globalThis.torn && value?.run && value.steps ? { ...value, steps: null } : value);
  JSON.parse = (text, revive = (_, value) => value) => read(text, function (key, value) { return tear(revive.call(this, key, value)); });
  globalThis.torn = true;
}`;
export const MEND_RUNS = 'globalThis.torn = false';

/** What is copied for us then. */
export const TRACE = /^A panel failed: TypeError\nat \w[^\n]*\nat [^]*\n\nHeadwater \d[^]*\nNode v/;
