import type { Contact, ListRecipientsReply } from '@latchkey/contracts/grpc';
import { Failure } from '@latchkey/runtime';
import type { z } from 'zod';
import type { DeskFacts } from './desk.js';
import { peopleCollection } from './domain/person.pure.js';
import type { requests } from './requests.js';
import type { Filter } from './store/store.port.js';

type Asked<Name extends keyof typeof requests> = z.output<(typeof requests)[Name]>;

/** Who hears of things, and how to address one person. */
export class DirectoryDesk {
  readonly #facts: Pick<DeskFacts, 'store'>;

  constructor(facts: Pick<DeskFacts, 'store'>) {
    this.#facts = facts;
  }

  /** A page of ids; it may be shorter by the one who is left out. Suspended people hear nothing. */
  async listRecipients(asked: Asked<'listRecipients'>): Promise<ListRecipientsReply> {
    const page = await this.#facts.store.find(peopleCollection, recipientsFilter(asked), {
      after: asked.pageToken,
      limit: asked.pageSize,
    });
    return {
      people: page.items.map(({ id }) => id).filter((id) => id !== asked.except),
      nextPageToken: page.next,
    };
  }

  async getContact(asked: Asked<'personRef'>): Promise<Contact> {
    const stored = await this.#facts.store.get(peopleCollection, asked.person);
    if (!stored || stored.document.state === 'gone') throw Failure.terminal('LK-PER-006');
    const { name, email, language = 'en' } = stored.document;
    return { person: stored.id, name, email, language };
  }
}

function recipientsFilter(asked: Asked<'listRecipients'>): Filter {
  return {
    state: 'enrolled',
    ...(asked.audience === 'group' ? { group: asked.group } : {}),
    ...(asked.audience === 'guards' ? { guard: 1 } : {}),
    ...(asked.enrolledBefore > 0 ? { enrolledAt: { below: asked.enrolledBefore } } : {}),
  };
}
