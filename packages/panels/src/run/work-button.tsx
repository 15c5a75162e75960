// A button for what takes a while: it says so until that is over, and does it once.

import { useState, type ReactNode } from 'react';
import { Button, type ButtonProps } from '../parts/controls.tsx';

interface WorkButtonProps extends Omit<ButtonProps, 'onClick'> {
  /** Its label meanwhile. */
  readonly during: string;
  readonly work: () => Promise<unknown>;
}

export function WorkButton({ label, during, work, disabled = false, ...look }: WorkButtonProps): ReactNode {
  const [working, setWorking] = useState(false);
  const press = () => {
    setWorking(true);
    const end = () => setWorking(false);
    work().then(end, end);
  };
  return <Button {...look} label={working ? during : label} disabled={disabled || working} onClick={press} />;
}
