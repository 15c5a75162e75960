// What a step is asked for, as a form over the tags of one cell. Each value is checked as it is typed, and the whole as a run would see it; nothing
// is written before it is accepted.

import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import type { Diagnostic } from '@headwater/protocol';
import { allProperties, complaintAbout, draftOf, propertyGroups, t, tagsFrom, type Draft } from '@headwater/panels';
import { PropertyField } from './property-field.tsx';

export interface PropertyFormParts {
  readonly step: string;
  readonly tags: readonly string[];
  /** What a check would say of the cell with other tags. */
  readonly check: (tags: readonly string[]) => Promise<readonly Diagnostic[]>;
  /** The property to begin with, or null. */
  readonly begin: string | null;
}

/** The tags as they are wanted, or null when it was cancelled. A value that is none brings the form back. */
export async function askProperties({ step, tags, check, begin }: PropertyFormParts): Promise<readonly string[] | null> {
  let draft = draftOf(tags);
  let focused = begin;
  for (;;) {
    const body = new Form({ tags, check, begin: focused }, draft);
    const accept = Dialog.okButton({ label: t('Tag') });
    const { button } = await new Dialog({
      title: t('Properties of {step}', { step }), body, buttons: [Dialog.cancelButton({ label: t('Cancel') }), accept], focusNodeSelector: focused === null ? 'input, select' : `[data-property="${focused}"]`,
    }).launch();
    if (button.label !== accept.label) return null;
    draft = body.getValue();
    const wrong = firstWrong(draft);
    if (wrong === null) return tagsFrom(draft, tags);
    focused = wrong;
  }
}

function firstWrong(draft: Draft): string | null {
  return allProperties().find((property) => (draft[property.id] ?? []).some((value) => complaintAbout(property, value) !== null))?.id ?? null;
}

type FormParts = Omit<PropertyFormParts, 'step'>;

class Form extends ReactWidget implements Dialog.IBodyWidget<Draft> {
  readonly #parts: FormParts;
  #draft: Draft;

  constructor(parts: FormParts, draft: Draft) {
    super();
    this.#parts = parts;
    this.#draft = draft;
    this.node.dataset['host'] = 'jupyterlab';
    this.addClass('hw-form');
  }

  getValue(): Draft {
    return this.#draft;
  }

  protected render(): ReactElement {
    return <Groups parts={this.#parts} first={this.#draft} change={(draft) => { this.#draft = draft; }} />;
  }
}

interface GroupsProps {
  readonly parts: FormParts;
  readonly first: Draft;
  readonly change: (draft: Draft) => void;
}

/** Groups that say something are open, and the one that was asked for, the first where none was. */
function Groups({ parts: { tags, check, begin }, first, change }: GroupsProps): ReactNode {
  const [draft, setDraft] = useState(first);
  const put = (id: string, values: readonly string[]) => {
    const next = { ...draft, [id]: values };
    setDraft(next);
    change(next);
  };
  return (
    <>
      {propertyGroups().map(({ label, properties }, at) => (
        <details key={label} open={isSaid(first, properties) || (begin === null ? at === 0 : properties.some(({ id }) => id === begin))}>
          <summary>{label}</summary>
          {properties.map((property) => <PropertyField key={property.id} property={property} values={draft[property.id] ?? []} put={(values) => put(property.id, values)} />)}
        </details>
      ))}
      <Checked tags={tagsFrom(draft, tags)} check={check} />
    </>
  );
}

const isSaid = (draft: Draft, properties: readonly { readonly id: string }[]) => properties.some(({ id }) => (draft[id] ?? []).length > 0);

/** A value that is none. */
const SAID_AT_FIELD = 'bad-tag-value';
/** After the last key, so that nobody is told of half a word. */
const PAUSE_MS = 300;

function Checked({ tags, check }: { readonly tags: readonly string[]; readonly check: PropertyFormParts['check'] }): ReactNode {
  const [found, setFound] = useState<readonly Diagnostic[]>([]);
  const key = JSON.stringify(tags);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      // Where the service cannot be asked the values are checked all the same.
      check(JSON.parse(key) as string[]).then((next) => { if (current) setFound(next); }, () => undefined);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [check, key]);
  return <ul className="hw-checked" role="status">{found.filter(({ code }) => code !== SAID_AT_FIELD).map((each) => <li key={`${each.code} ${each.sentence}`} data-severity={each.severity}>{each.sentence} {each.hint}</li>)}</ul>;
}
