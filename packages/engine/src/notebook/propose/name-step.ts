// A step's name from a heading: short, lower case, without numbers and ornament.

/** Words of a heading that say little. */
const FILLERS = new Set(['the', 'a', 'an', 'of', 'and', 'to', 'for', 'in', 'on', 'with', 'our', 'your', 'let', 'lets', 's', 'us', 'we', 'some', 'step', 'part', 'section', 'chapter', 'how', 'what', 'is', 'are', 'from', 'by', 'at', 'using', 'this']);
const MAX_WORDS = 3;

export function nameStep(heading: string): string {
  const plain = heading
    .replace(/<[^>]*>/g, ' ')
    .replace(/!?\[(?<text>[^\]]*)\]\([^)]*\)/g, '$<text>')
    .replace(/[`*_$]/g, ' ')
    .replace(/['’]/g, '')
    .normalize('NFC')
    .toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '' && !/^(?:\d+|[ivx]+)$/.test(word));
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).slice(0, MAX_WORDS).join('-') || 'step';
}
