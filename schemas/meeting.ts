/**
 * A meeting found in a mail or a chat.
 *
 * @extract
 */
export interface Meeting {
  title: string;
  /** Everyone who is to come. */
  attendees: Attendee[];
  /** One paragraph: what it is about. */
  summary: string;
  place?: Place;
}

export interface Attendee {
  name: string;
  role: "host" | "guest";
}

export type Place = { kind: "room"; name: string } | { kind: "call"; url: string };
