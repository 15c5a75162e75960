// A page that gets what no service sends, so that our own code fails in it.

/** Evaluated in the page: the view of every run comes without its steps, for as long as `torn` is true. */
export const TEAR_RUNS = `{
  const read = JSON.parse;
  const tear = (answer) => (answer?.run && answer.steps ? { ...answer, steps: null } : answer);
  JSON.parse = (text, ...more) => {
    const value = read(text, ...more);
    if (!globalThis.torn || !value?.result) return value;
    return { ...value, result: value.result.answer ? { ...value.result, answer: tear(value.result.answer) } : tear(value.result) };
  };
  globalThis.torn = true;
}`;
export const MEND_RUNS = 'globalThis.torn = false';

/** What is copied for us then. */
export const TRACE = /^A panel failed: TypeError\nat \w[^\n]*\nat [^]*\n\nHeadwater \d[^]*\nNode v/;
