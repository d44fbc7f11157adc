import { Button } from '../../look/button.js';

interface SoundSwitchProps {
  readonly isOn: boolean;
  readonly onSwitch: (on: boolean) => void;
}

/** Turns the sound of alerts on and off. */
export function SoundSwitch({ isOn, onSwitch }: SoundSwitchProps) {
  return (
    <Button size="small" aria-pressed={isOn} onClick={() => onSwitch(!isOn)}>
      {isOn ? 'Sound on' : 'Sound off'}
    </Button>
  );
}
