import { type FormEvent, useEffect, useState } from 'react';

/** The board's search: it is sent with Enter, and cleared by an empty one. */
export function Search({
  value,
  hint,
  onSearch,
}: {
  value: string;
  hint: string;
  onSearch(text: string): void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  function submit(event: FormEvent) {
    event.preventDefault();
    onSearch(text.trim());
  }
  return (
    <search>
      <form onSubmit={submit}>
        <input
          type="search"
          aria-label="Search deals"
          placeholder={hint}
          maxLength={255}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
