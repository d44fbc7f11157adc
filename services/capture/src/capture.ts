import { errorCodes } from '@latchkey/contracts';
import { BUS, type Bus, CONFIG, HEALTH, type Health, LOGGER, type Logger } from '@latchkey/runtime';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { playCamera } from './camera-player.js';
import { type CaptureConfig, laneKey } from './capture.config.js';
import { type DoorBoard, watchDoors } from './door-board.js';
import { DoorLanes } from './door-lanes.js';
import { FailedTries } from './failed-tries.js';
import { KioskConnection, type KioskSurroundings } from './kiosk-connection.js';
import { KioskHub } from './kiosk-hub.js';
import { type Arrival, type KioskServer, listenForKiosks } from './kiosk-server.js';

/** Brings cameras and kiosks to life, and lets them go. */
@Injectable()
export class Capture implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #config: CaptureConfig;
  readonly #bus: Bus;
  readonly #log: Logger;
  readonly #health: Health;
  readonly #hub = new KioskHub();
  readonly #lanes: DoorLanes;
  readonly #tries = new FailedTries();
  readonly #cameras: { stop(): void }[] = [];
  #board: DoorBoard | undefined;
  #server: KioskServer | undefined;

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

  async onApplicationBootstrap(): Promise<void> {
    const board = await watchDoors(this.#bus);
    this.#board = board;
    this.#hub.follow(board);
    this.#health.addCheck('policy', () => board.isLoaded() || 'the doors are not known yet');
    for (const camera of this.#config.LK_CAMERAS) {
      this.#cameras.push(playCamera(camera, this.#lanes.open(camera), this.#log));
    }
    this.#server = await listenForKiosks({
      config: this.#config,
      log: this.#log,
      arrived: (arrival) => this.#meet(arrival, board),
    });
    this.#log.info({ url: this.kioskUrl, cameras: this.#cameras.length }, 'kiosks may connect');
    void this.#followBroker(board);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const camera of this.#cameras) camera.stop();
    this.#hub.closeAll();
    await this.#server?.close();
    this.#lanes.closeAll();
    this.#board?.stop();
  }

  #meet(arrival: Arrival, board: DoorBoard): void {
    const { socket, address } = arrival;
    const around: KioskSurroundings = {
      bus: this.#bus,
      board,
      lanes: this.#lanes,
      tries: this.#tries,
      log: this.#log,
      isCamera: (place) =>
        this.#config.LK_CAMERAS.some((camera) => laneKey(camera) === laneKey(place)),
      isCrowded: (place) => this.#hub.isCrowded(place),
      welcomed: (kiosk, place) => {
        arrival.welcome();
        this.#hub.welcomed(kiosk, place);
      },
    };
    const kiosk = new KioskConnection(socket, address, around);
    socket.on('close', () => this.#hub.left(kiosk));
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
