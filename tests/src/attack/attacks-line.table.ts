import type { Attack } from './attack.types.js';
import { promises } from './attacks-bus.table.js';

const mqttRelay = 'tests/src/attack/mqtt-relay.test.ts';
const brokerTls = 'tests/src/attack/broker-tls.test.ts';

/** On the line to the broker, and by relays that speak MQTT over it. */
export const lineAttacks: readonly Attack[] = [
  {
    id: 'kiosks-in-clear',
    promise: promises.kiosk,
    attack:
      'Kiosks of other machines are served without TLS, and somebody on the way reads their tokens',
    result:
      'works where a site opens it so: the log, `latchkey status` and System say that it is not safe',
    file: 'tests/src/capture/in-clear.test.ts',
    test: 'says that kiosks of other machines are served without TLS, what follows from it and what to do',
  },
  {
    id: 'broker-in-clear',
    promise: promises.line,
    attack: 'The broker is spoken to without TLS',
    file: brokerTls,
    test: 'hears nobody who speaks in clear, whoever he says he is',
  },
  {
    id: 'poses-as-the-broker-in-clear',
    promise: promises.line,
    attack: 'Somebody answers in the broker’s place and says that there is no TLS',
    file: brokerTls,
    test: 'nothing is told to somebody who answers in clear in its place',
  },
  {
    id: 'poses-as-the-broker',
    promise: promises.line,
    attack: 'Somebody answers in the broker’s place with a certificate of his own, or a service’s',
    file: brokerTls,
    test: 'nothing is told to somebody who shows %s',
  },
  {
    id: 'listens-on-the-line',
    promise: promises.line,
    attack: 'Every byte between a service and the broker is kept and searched',
    file: brokerTls,
    test: 'who listens on the line reads nothing of what is said',
  },
  {
    id: 'old-broker-certificate',
    promise: promises.line,
    attack: 'Somebody has the broker’s key of before the authority was rotated',
    file: brokerTls,
    test: 'a connection comes back under a new certificate of a new authority, and the old one is worth nothing',
  },
  {
    id: 'mqtt-other-topics',
    promise: promises.rights,
    attack: 'A relay subscribes by MQTT to other doors, wildcards, frames, buckets, the broker',
    file: mqttRelay,
    test: 'a relay is refused %s',
  },
  {
    id: 'mqtt-relay-publishes',
    promise: promises.rights,
    attack: 'A relay publishes by MQTT: an opening, a grant, a question to the broker',
    file: mqttRelay,
    test: 'a relay that publishes %s is heard by nobody',
  },
  {
    id: 'mqtt-retained',
    promise: promises.rights,
    attack: 'A relay has an opening retained for whoever comes later',
    file: mqttRelay,
    test: 'nothing that a relay retains is told to who comes later',
  },
  {
    id: 'mqtt-last-will',
    promise: promises.rights,
    attack: 'A relay leaves an opening as its last will and is cut off',
    file: mqttRelay,
    test: 'the last will of a relay is heard by nobody',
  },
  {
    id: 'mqtt-session-of-another',
    promise: promises.rights,
    attack: 'A relay comes with another relay’s client id and session',
    file: mqttRelay,
    test: 'who takes another relay’s session over by its id hears nothing that was meant for that one',
  },
  {
    id: 'mqtt-without-password',
    promise: promises.rights,
    attack: 'Somebody connects by MQTT without a password, with another’s, or as a service',
    file: mqttRelay,
    test: 'nobody is heard %s',
  },
  {
    id: 'mqtt-password-elsewhere',
    promise: promises.rights,
    attack: 'A relay’s MQTT password is used over NATS',
    file: mqttRelay,
    test: 'an MQTT password is good for MQTT alone',
  },
  {
    id: 'mqtt-old-password',
    promise: promises.rights,
    attack: 'A relay’s password is used after it was rotated',
    file: mqttRelay,
    test: 'a password that was rotated is worth nothing, and the new one is good without a restart',
  },
  {
    id: 'mqtt-in-clear',
    promise: promises.line,
    attack: 'MQTT is spoken without TLS; somebody else than the broker answers',
    file: mqttRelay,
    test: 'nobody is heard in clear, and no relay speaks to who is not the broker',
  },
  {
    id: 'mqtt-heard-openings',
    promise: promises.lock,
    attack: 'Another door is opened while a relay listens by MQTT',
    file: mqttRelay,
    test: 'a relay hears its door’s opening, can check it with what it holds, and hears no other door’s',
  },
  {
    id: 'mqtt-forged-opening',
    promise: promises.lock,
    attack: 'The relay of our page is told forged, late, repeated and foreign openings',
    file: mqttRelay,
    test: 'the relay of the page opens for a genuine opening once, and for no other',
  },
];
