// The parameters of a run: notebook order, a control by type, the comment of the line as help, and the equal command at the bottom.

import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { Analysis, Parameter } from '@headwater/protocol';
import { choicesOf, lastValuesOf, runCommand, t } from '@headwater/panels';

/** Name → value as typed; only those that differ from the notebook's. Null when it was cancelled. */
export async function askParameters(analysis: Analysis, place: string, title: string): Promise<Record<string, string> | null> {
  if (analysis.parameters.length === 0) return {};
  const body = new Form(analysis, place);
  const run = Dialog.okButton({ label: t('Run flow') });
  const { button } = await new Dialog({ title, body, buttons: [Dialog.cancelButton({ label: t('Cancel') }), run], focusNodeSelector: 'input, select' }).launch();
  return button.label === run.label ? body.getValue() : null;
}

class Form extends ReactWidget implements Dialog.IBodyWidget<Record<string, string>> {
  readonly #analysis: Analysis;
  readonly #place: string;
  #values: Record<string, string>;

  constructor(analysis: Analysis, place: string) {
    super();
    this.#analysis = analysis;
    this.#place = place;
    this.#values = lastValuesOf(analysis);
    this.node.dataset['host'] = 'jupyterlab';
    this.addClass('hw-form');
  }

  getValue(): Record<string, string> {
    return this.#values;
  }

  protected render(): ReactElement {
    return <Fields analysis={this.#analysis} place={this.#place} begin={this.#values} change={(values) => { this.#values = values; }} />;
  }
}

interface FieldsProps {
  readonly analysis: Analysis;
  readonly place: string;
  readonly begin: Record<string, string>;
  readonly change: (values: Record<string, string>) => void;
}

function Fields({ analysis, place, begin, change }: FieldsProps): ReactNode {
  const [values, setValues] = useState(begin);
  const set = (name: string, value: string | null) => {
    const next = Object.fromEntries([...Object.entries(values).filter(([each]) => each !== name), ...(value === null ? [] : [[name, value]])]) as Record<string, string>;
    setValues(next);
    change(next);
  };
  return (
    <>
      {analysis.parameters.map((parameter) => <Field key={parameter.name} parameter={parameter} value={values[parameter.name] ?? null} set={(value) => set(parameter.name, value)} />)}
      <p className="hw-command"><code>{runCommand(place, values)}</code></p>
    </>
  );
}

function Field({ parameter, value, set }: { readonly parameter: Parameter; readonly value: string | null; readonly set: (value: string | null) => void }): ReactNode {
  const { name, type, help } = parameter;
  const standard = parameter.default ?? '';
  const shown = value ?? standard;
  const put = (text: string) => set(text === standard ? null : text);
  const id = `hw-parameter-${name}`;
  const options = choicesOf(parameter);
  return (
    <div className="hw-formrow">
      <label htmlFor={id}>{value === null ? name : <b>{name}</b>}{help !== null && <small>{help}</small>}</label>
      {options === null
        ? <input id={id} className="jp-mod-styled" value={shown} spellCheck={false} inputMode={type === 'int' ? 'numeric' : type === 'float' ? 'decimal' : 'text'} onChange={(event) => put(event.target.value)} />
        : <select id={id} className="jp-mod-styled" value={shown} onChange={(event) => put(event.target.value)}>{options.map((option) => <option key={option} value={option}>{option}</option>)}</select>}
      {value !== null && <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => set(null)}>{t('Reset to {value}', { value: standard })}</button>}
    </div>
  );
}
