// The thin kit of controls. A host that has its own gives them once with `setKit`; these are plain HTML with the host's colours.

import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../words/translate.ts';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly icon?: IconName;
  /** Only the icon is seen; the label is its name and tooltip. */
  readonly bare?: boolean;
  readonly look?: 'primary' | 'plain' | 'quiet' | 'link';
  readonly small?: boolean;
  /** Told to whoever looks, not to the browser: a button that is off the moment it is pressed would lose the focus to nowhere. */
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

export interface Kit {
  readonly Button: (props: ButtonProps) => ReactNode;
}

export function PlainButton({ label, onClick, icon, bare = false, look = 'plain', small = false, disabled = false, pressed }: ButtonProps): ReactNode {
  const classes = ['hw-button', `hw-${look}`, bare ? 'hw-bare' : '', small ? 'hw-small' : ''].join(' ');
  const named = bare ? { 'aria-label': label, title: label } : {};
  return (
    <button type="button" className={classes} onClick={disabled ? undefined : onClick} aria-disabled={disabled || undefined} aria-pressed={pressed} {...named}>
      {icon !== undefined && <Icon name={icon} />}
      {!bare && label}
    </button>
  );
}

let kit: Kit = { Button: PlainButton };

export function setKit(hosts: Kit): void {
  kit = hosts;
}

export function Button(props: ButtonProps): ReactNode {
  return <kit.Button {...props} />;
}

export function Chip({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="hw-chip">{children}</span>;
}

export interface BannerProps {
  readonly tone: 'failed' | 'warn' | 'running' | 'done';
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out at once: the person's own action could not be done. */
  readonly urgent?: boolean;
}

export function Banner({ tone, icon, title, children, actions, urgent = false }: BannerProps): ReactNode {
  return (
    <div className={`hw-banner hw-edge-${tone}`} role={urgent ? 'alert' : undefined}>
      <span className={`hw-${tone}`}><Icon name={icon} /></span>
      <div><strong>{title}</strong> {children}</div>
      {actions !== undefined && <div className="hw-actions">{actions}</div>}
    </div>
  );
}

/** Done, failed and running of a total; a failure is never rounded away. */
export function CountBar({ done, failed, running, total }: { readonly done: number; readonly failed: number; readonly running: number; readonly total: number }): ReactNode {
  const part = (n: number) => ({ flexGrow: n, minWidth: n > 0 ? 2 : 0 });
  return (
    <div className="hw-countbar" aria-hidden="true">
      <i className="hw-fill-failed" style={part(failed)} /><i className="hw-fill-done" style={part(done)} /><i className="hw-fill-running" style={part(running)} />
      <i style={part(Math.max(0, total - done - failed - running))} />
    </div>
  );
}

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number;
}

interface TabsProps<T extends string> {
  readonly tabs: readonly Tab<T>[];
  readonly chosen: T;
  readonly choose: (tab: T) => void;
  readonly label: string;
}

/** One tab stop; arrows go from tab to tab. */
export function Tabs<T extends string>({ tabs, chosen, choose, label }: TabsProps<T>): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.findIndex((tab) => tab.id === chosen) + step + tabs.length) % tabs.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    choose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className="hw-tabs" role="tablist" aria-label={label} onKeyDown={move} ref={list}>
      {tabs.map((tab) => (
        <button key={tab.id} type="button" role="tab" data-tab={tab.id} aria-selected={tab.id === chosen} tabIndex={tab.id === chosen ? 0 : -1} onClick={() => choose(tab.id)}>
          {tab.label}{tab.count !== undefined && tab.count > 0 && <span className="hw-count">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly placeholder?: string;
  readonly icon?: IconName;
}

export function Field({ label, value, change, placeholder = '', icon = 'search' }: FieldProps): ReactNode {
  return (
    <label className="hw-field">
      <Icon name={icon} /><span className="hw-sr">{label}</span>
      <input value={value} placeholder={placeholder} onChange={(event) => change(event.target.value)} spellCheck={false} data-filter />
      {value !== '' && <Button label={t('Clear filter')} icon="close" bare small look="quiet" onClick={() => change('')} />}
    </label>
  );
}
