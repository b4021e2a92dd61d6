/** Where a person is told of budgets and breakers. All of it comes from the config file and the environment. */
export interface NotifySettings {
  readonly webhookUrl: string;
  /** `SIGNALBOX_WEBHOOK_TOKEN`: goes out as a bearer token. A secret. `null`: there is none. */
  readonly token: string | null;
}
