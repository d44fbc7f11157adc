import { CheckField } from '../../look/fields.js';
import { useAlarm } from '../shell/happenings.js';

/** Whether alarms and visitors are heard on this device, whatever page one is on. */
export function SoundSwitch() {
  const { isOn, isHeld, setOn } = useAlarm();
  return (
    <CheckField
      isSwitch
      label="Sound for alarms and visitors"
      hint={isHeld ? 'Silent until you click somewhere: the browser wants it so.' : undefined}
      checked={isOn}
      onChange={({ target }) => setOn(target.checked)}
    />
  );
}
