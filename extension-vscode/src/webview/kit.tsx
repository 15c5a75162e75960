// The toolkit's controls as the panels' kit: the only file that knows it, so that another one can take its place.

import { createElement, type ReactNode } from 'react';
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import { PlainButton, type ButtonProps, type Kit } from '@headwater/panels';

provideVSCodeDesignSystem().register(vsCodeButton());

/** Buttons with a word that stand alone. Links, and those that are only an icon, belong to a line of text or a row, where the toolkit's are too large. */
function Button(props: ButtonProps): ReactNode {
  const { label, onClick, bare = false, look = 'plain', disabled = false, pressed } = props;
  if (bare || look === 'link' || look === 'quiet' || pressed !== undefined) return <PlainButton {...props} />;
  return createElement('vscode-button', { appearance: look === 'primary' ? 'primary' : 'secondary', 'aria-disabled': disabled ? 'true' : undefined, onClick: disabled ? undefined : onClick }, label);
}

export const KIT: Kit = { Button };
