// A preview in one short text for a row of a list. Pure; previews come from a file, so nothing about them is taken for granted.

interface Summary {
  readonly summary: string;
  readonly thumbnail: string | null;
}

const LONGEST = 120;

export function summarisePreview(preview: unknown): Summary {
  if (typeof preview !== 'object' || preview === null) return { summary: '', thumbnail: null };
  const facts = preview as Readonly<Record<string, unknown>>;
  const { thumbnail } = facts;
  const text = summaryOf(facts);
  return { summary: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text, thumbnail: typeof thumbnail === 'string' && /^[A-Za-z0-9+/=]*$/.test(thumbnail) ? thumbnail : null };
}

function summaryOf(facts: Readonly<Record<string, unknown>>): string {
  const shape = typeof facts['shape'] === 'string' ? facts['shape'] : '';
  const fields = Array.isArray(facts['fields']) ? facts['fields'].flatMap((field: unknown) => (hasName(field) ? [field.name] : [])) : [];
  switch (facts['kind']) {
    case 'frame':
      return [shape, fields.join(', ')].filter((part) => part !== '').join(' · ');
    case 'value':
    case 'text':
      return asWord(facts['value'] ?? facts['text'] ?? facts['head']) || shape;
    case 'model':
      return Array.isArray(facts['steps']) && facts['steps'].length > 0 ? facts['steps'].map((step: unknown) => (hasType(step) ? step.type : '')).join(' → ') : shape;
    default:
      return shape;
  }
}

const hasName = (value: unknown): value is { name: string } => typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
const hasType = (value: unknown): value is { type: string } => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function asWord(value: unknown): string {
  if (typeof value === 'string') return value.split('\n')[0] ?? '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value === null ? 'None' : '';
}
