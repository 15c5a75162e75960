// One property of a step: a field, a choice, a switch, or as many fields as there are values and one more.

import { useEffect, useState, type ReactNode } from 'react';
import { complaintAbout, t, type Property } from '@headwater/panels';

const PAUSE_MS = 300;

interface FieldProps {
  readonly property: Property;
  readonly values: readonly string[];
  readonly put: (values: readonly string[]) => void;
}

export function PropertyField({ property, values, put }: FieldProps): ReactNode {
  const { id, label, kind, many } = property;
  if (kind === 'switch') {
    return <label className="hw-formrow hw-switch"><input type="checkbox" data-property={id} checked={values.length > 0} onChange={(event) => put(event.target.checked ? [''] : [])} /> {label}</label>;
  }
  const shown = many ? [...values, ''] : [values[0] ?? ''];
  const putAt = (at: number, text: string) => put(many || text !== '' ? shown.map((value, place) => (place === at ? text : value)).filter((value, place) => value !== '' || place < values.length) : []);
  return (
    <div className="hw-formrow">
      <span>{label}</span>
      <div>{shown.map((value, at) => <Value key={at} property={property} number={at} value={value} put={(text) => putAt(at, text)} />)}</div>
    </div>
  );
}

interface ValueProps {
  readonly property: Property;
  /** Which of several, from 0. */
  readonly number: number;
  readonly value: string;
  readonly put: (text: string) => void;
}

function Value({ property, number, value, put }: ValueProps): ReactNode {
  const { id, label, example, kind, choices } = property;
  const complaint = useRested(value) ? complaintAbout(property, value) : null;
  const name = number === 0 ? label : t('{label}, another', { label });
  const at = number === 0 ? { 'data-property': id } : {};
  if (kind === 'choice') {
    return <select className="jp-mod-styled" aria-label={name} value={value} onChange={(event) => put(event.target.value)} {...at}>{['', ...new Set([...choices, value].filter((each) => each !== ''))].map((choice) => <option key={choice} value={choice}>{choice === '' ? t('where the run is') : choice}</option>)}</select>;
  }
  return (
    <>
      <input className="jp-mod-styled" aria-label={name} aria-invalid={complaint !== null} value={value} placeholder={number === 0 ? t('such as {example}', { example }) : ''} spellCheck={false} onChange={(event) => put(event.target.value)} {...at} />
      {complaint !== null && <small role="alert">{complaint}</small>}
    </>
  );
}

/** Whether the last key is a moment ago: nobody is told of half a word, and nothing moves away below a click. */
function useRested(value: string): boolean {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested === value;
}
