import { errorCodes } from '@latchkey/contracts';
import {
  BUS,
  type Bus,
  CONFIG,
  HEALTH,
  type Health,
  LOGGER,
  type Logger,
  watchPublicKey,
} from '@latchkey/runtime';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { answerBrowser } from './answer-browser.js';
import { playCamera } from './camera-player.js';
import { type CaptureConfig, laneKey } from './capture.config.js';
import { type DoorBoard, watchDoors } from './door-board.js';
import { DoorLanes } from './door-lanes.js';
import { type DoorCounts, DoorPresences } from './door-presence.js';
import { type Arrival, Doorway } from './doorway.js';
import { FailedTries } from './failed-tries.js';
import { servedInClear } from './served-in-clear.js';
import { KioskConnection, type KioskSurroundings } from './kiosk-connection.js';
import { KioskHub } from './kiosk-hub.js';
import { loadPages, pagesFolder } from './kiosk-pages.js';
import { type KioskServer, listenForKiosks } from './kiosk-server.js';
import { KioskPairer } from './pair-kiosk.js';

/** Brings cameras and kiosks to life, and lets them go. */
@Injectable()
export class Capture implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #config: CaptureConfig;
  readonly #bus: Bus;
  readonly #log: Logger;
  readonly #health: Health;
  readonly #hub = new KioskHub();
  readonly #lanes: DoorLanes;
  readonly #cameras: { stop(): void }[] = [];
  #board: DoorBoard | undefined;
  #server: KioskServer | undefined;
  #presences: DoorPresences | undefined;

  constructor(
    @Inject(CONFIG) config: CaptureConfig,
    @Inject(BUS) bus: Bus,
    @Inject(LOGGER) log: Logger,
    @Inject(HEALTH) health: Health,
  ) {
    this.#config = config;
    this.#bus = bus;
    this.#log = log;
    this.#health = health;
    this.#lanes = new DoorLanes(bus, (seen) => this.#hub.showFaces(seen));
  }

  /** Where kiosks connect: `ws://host:port/kiosk`. */
  get kioskUrl(): string {
    return this.#server?.url ?? '';
  }

  /** The same over TLS: `wss://host:port/kiosk`; undefined where no certificate is set. */
  get kioskTlsUrl(): string | undefined {
    return this.#server?.tlsUrl;
  }

  async onApplicationBootstrap(): Promise<void> {
    const board = await watchDoors(this.#bus, this.#config.LK_KEYS_DIR);
    this.#board = board;
    this.#hub.follow(board);
    this.#health.addCheck('policy', () => board.isLoaded() || 'the doors are not known yet');
    for (const camera of this.#config.LK_CAMERAS) {
      this.#cameras.push(playCamera(camera, this.#lanes.open(camera), this.#log));
    }
    this.#presences = await DoorPresences.open({
      bus: this.#bus,
      log: this.#log,
      capture: this.#config.LK_INSTANCE,
      countsOf: () => this.#counts(),
    });
    this.#server = await this.#listen(board);
    const warning = servedInClear(this.#config);
    if (warning !== undefined) {
      this.#log.warn(warning);
      this.#health.addWarning(warning);
    }
    const { url, tlsUrl } = this.#server;
    this.#log.info({ url, tlsUrl, cameras: this.#cameras.length }, 'kiosks may connect');
    void this.#followBroker(board);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const camera of this.#cameras) camera.stop();
    this.#hub.closeAll();
    await this.#server?.close();
    this.#lanes.closeAll();
    this.#board?.stop();
    await this.#presences?.stop();
  }

  async #listen(board: DoorBoard): Promise<KioskServer> {
    const config = this.#config;
    const folder = pagesFolder(config.LK_KIOSK_PAGES_DIR);
    const pages = await loadPages(folder);
    if (pages.size === 0) this.#log.warn({ folder }, "the kiosk's pages are not built");
    const pairer = new KioskPairer({
      bus: this.#bus,
      log: this.#log,
      registryKey: watchPublicKey(config.LK_KEYS_DIR, 'registry'),
      tries: new FailedTries(),
    });
    const pair = pairer.answer.bind(pairer);
    const doorway = new Doorway(config.LK_KIOSK_MAX, (arrival) => this.#meet(arrival, board));
    return listenForKiosks({ config, doorway, answer: answerBrowser({ pages, pair }) });
  }

  #counts(): Map<string, DoorCounts> {
    const kiosks = this.#hub.countByDoor();
    const cameras = this.#lanes.countSending();
    const doors = [...new Set([...kiosks.keys(), ...cameras.keys()])].map((door) => {
      const counts = { kiosks: kiosks.get(door) ?? 0, cameras: cameras.get(door) ?? 0 };
      return [door, counts] as const;
    });
    return new Map(doors.filter(([, counts]) => counts.kiosks + counts.cameras > 0));
  }

  #meet(arrival: Arrival, board: DoorBoard): void {
    const { socket, address } = arrival;
    const around: KioskSurroundings = {
      bus: this.#bus,
      board,
      lanes: this.#lanes,
      log: this.#log,
      isCamera: (place) =>
        this.#config.LK_CAMERAS.some((camera) => laneKey(camera) === laneKey(place)),
      isCrowded: (place) => this.#hub.isCrowded(place),
      waits: (kiosk) => this.#hub.waits(kiosk),
      welcomed: (kiosk, place) => {
        arrival.welcome();
        this.#hub.welcomed(kiosk, place);
        void this.#presences?.tell();
      },
    };
    const kiosk = new KioskConnection(socket, address, around);
    socket.on('close', () => {
      this.#hub.left(kiosk);
      void this.#presences?.tell();
    });
  }

  /** Tells the kiosks when the broker goes, and shows them their doors again when it is back. */
  async #followBroker(board: DoorBoard): Promise<void> {
    for await (const { type } of this.#bus.nc.status()) {
      if (type === 'disconnect') {
        const { title, action } = errorCodes['LK-BUS-001'];
        this.#hub.sendAll({ type: 'error', code: 'LK-BUS-001', message: `${title} ${action}` });
      } else if (type === 'reconnect') this.#hub.sendDisplays(board);
    }
  }
}
