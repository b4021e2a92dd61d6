import { useId, useState } from "preact/hooks";

/** Takes the token that the server wants, and hands it on once. */
export function SignIn({ why, signIn }: { readonly why: string; readonly signIn: (token: string) => Promise<void> }) {
  const id = useId();
  const [token, setToken] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    setIsBusy(true);
    void signIn(token.trim()).finally(() => {
      setIsBusy(false);
      setToken("");
    });
  };
  return (
    <form class="sign-in" onSubmit={submit}>
      <h2>Sign in</h2>
      <p role="alert">{why}</p>
      <label for={id}>Token of the server (SIGNALBOX_HTTP_TOKEN, or one of your authorization server)</label>
      <input
        id={id}
        type="password"
        autocomplete="current-password"
        required
        value={token}
        onInput={(event) => setToken(event.currentTarget.value)}
      />
      <button type="submit" disabled={isBusy}>
        Sign in
      </button>
    </form>
  );
}
