/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of a list share. It holds and passes on; it decides nothing. */

#include "config.h"

#include "uc-row-context.h"

struct _UcRowContext {
  GObject       parent_instance;
  UcSession    *session;     /* (owned) */
  UcDirectory  *directory;   /* (owned) */
  UcRowImages  *images;      /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled in dispose */
  char         *site;        /* (owned) (nullable) */
  gboolean      is_thread;
  gboolean      show_flags;
  gboolean      use_24h;
};

G_DEFINE_FINAL_TYPE (UcRowContext, uc_row_context, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SHOW_FLAGS,
  PROP_USE_24H,
  N_PROPS,
};

enum {
  CHANGED,
  REQUEST,
  VIEW_PICTURE,
  FOLLOW,
  RETRY,
  NOTICE,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

static void
site_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UcRowContext *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *site = uc_store_load_fact_finish (UC_STORE (source), result, &error);

  if (error != NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("Reading the server's address: %s", error->message);
    return;
  }
  g_set_str (&self->site, site);
}

static void
set_boolean (UcRowContext *self, gboolean *place, gboolean value, GParamSpec *pspec)
{
  if (*place == value)
    return;

  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
uc_row_context_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UcRowContext *self = UC_ROW_CONTEXT (object);

  switch (prop_id) {
  case PROP_SHOW_FLAGS:
    g_value_set_boolean (value, self->show_flags);
    break;
  case PROP_USE_24H:
    g_value_set_boolean (value, self->use_24h);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_row_context_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UcRowContext *self = UC_ROW_CONTEXT (object);

  switch (prop_id) {
  case PROP_SHOW_FLAGS:
    set_boolean (self, &self->show_flags, g_value_get_boolean (value), pspec);
    break;
  case PROP_USE_24H:
    set_boolean (self, &self->use_24h, g_value_get_boolean (value), pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
uc_row_context_dispose (GObject *object)
{
  UcRowContext *self = UC_ROW_CONTEXT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->images);
  g_clear_object (&self->session);
  g_clear_object (&self->directory);

  G_OBJECT_CLASS (uc_row_context_parent_class)->dispose (object);
}

static void
uc_row_context_finalize (GObject *object)
{
  g_free (UC_ROW_CONTEXT (object)->site);

  G_OBJECT_CLASS (uc_row_context_parent_class)->finalize (object);
}

static void
uc_row_context_class_init (UcRowContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType   type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = uc_row_context_get_property;
  object_class->set_property = uc_row_context_set_property;
  object_class->dispose = uc_row_context_dispose;
  object_class->finalize = uc_row_context_finalize;

  props[PROP_SHOW_FLAGS] =
      g_param_spec_boolean ("show-flags", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_USE_24H] =
      g_param_spec_boolean ("use-24h", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUEST] = g_signal_new ("request", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_POINTER);
  signals[VIEW_PICTURE] = g_signal_new ("view-picture", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FOLLOW] = g_signal_new ("follow", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[RETRY] = g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, UC_TYPE_TIMELINE_ITEM);
  signals[NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
uc_row_context_init (UcRowContext *self)
{
  self->cancellable = g_cancellable_new ();
  self->use_24h = TRUE;
}

/**
 * uc_row_context_new:
 * @session: the account
 * @directory: its people
 * @is_thread: whether the rows are those of one thread
 *
 * Returns: (transfer full): a context
 */
UcRowContext *
uc_row_context_new (UcSession *session, UcDirectory *directory, gboolean is_thread)
{
  UcRowContext *self;

  g_return_val_if_fail (UC_IS_SESSION (session), NULL);
  g_return_val_if_fail (UC_IS_DIRECTORY (directory), NULL);

  self = g_object_new (UC_TYPE_ROW_CONTEXT, NULL);
  self->session = g_object_ref (session);
  self->directory = g_object_ref (directory);
  self->images = uc_row_images_new (session);
  self->is_thread = is_thread;
  uc_store_load_fact_async (uc_session_get_store (session), "site", self->cancellable,
                            site_loaded_cb, self);

  return self;
}

/**
 * uc_row_context_get_session:
 * @self: a context
 *
 * Returns: (transfer none): the account
 */
UcSession *
uc_row_context_get_session (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), NULL);

  return self->session;
}

/**
 * uc_row_context_get_directory:
 * @self: a context
 *
 * Returns: (transfer none): the people
 */
UcDirectory *
uc_row_context_get_directory (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), NULL);

  return self->directory;
}

/**
 * uc_row_context_get_images:
 * @self: a context
 *
 * Returns: (transfer none): the pictures
 */
UcRowImages *
uc_row_context_get_images (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), NULL);

  return self->images;
}

/**
 * uc_row_context_is_thread:
 * @self: a context
 *
 * Returns: whether the rows are those of one thread
 */
gboolean
uc_row_context_is_thread (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), FALSE);

  return self->is_thread;
}

/**
 * uc_row_context_get_flags:
 * @self: a context
 *
 * Returns: whether rows show the flags of AI mode
 */
gboolean
uc_row_context_get_flags (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), FALSE);

  return self->show_flags;
}

/**
 * uc_row_context_get_24h:
 * @self: a context
 *
 * Returns: whether a day has 24 hours
 */
gboolean
uc_row_context_get_24h (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), TRUE);

  return self->use_24h;
}

/**
 * uc_row_context_get_site:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the address of the server
 */
const char *
uc_row_context_get_site (UcRowContext *self)
{
  g_return_val_if_fail (UC_IS_ROW_CONTEXT (self), NULL);

  return self->site;
}

/**
 * uc_row_context_request:
 * @self: a context
 * @request: what
 * @message: with which message
 *
 * Asks whoever listens to ::request.
 */
void
uc_row_context_request (UcRowContext *self, UcRowRequest request, UcMessage *message)
{
  g_return_if_fail (UC_IS_ROW_CONTEXT (self));

  g_signal_emit (self, signals[REQUEST], 0, (guint) request, message);
}

/**
 * uc_row_context_view_picture:
 * @self: a context
 * @file: a picture
 *
 * Asks to show a picture large.
 */
void
uc_row_context_view_picture (UcRowContext *self, UcFile *file)
{
  g_return_if_fail (UC_IS_ROW_CONTEXT (self));

  g_signal_emit (self, signals[VIEW_PICTURE], 0, file);
}

/**
 * uc_row_context_follow:
 * @self: a context
 * @run_flags: what kind of thing, see #UcRunFlags
 * @target: where it leads
 *
 * Asks to follow a link, a mention, a channel or a hashtag.
 */
void
uc_row_context_follow (UcRowContext *self, guint run_flags, const char *target)
{
  g_return_if_fail (UC_IS_ROW_CONTEXT (self));

  g_signal_emit (self, signals[FOLLOW], 0, run_flags, target);
}

/**
 * uc_row_context_retry:
 * @self: a context
 * @hole: an item that stands for what is missing
 *
 * Asks once more for it.
 */
void
uc_row_context_retry (UcRowContext *self, UcTimelineItem *hole)
{
  g_return_if_fail (UC_IS_ROW_CONTEXT (self));

  g_signal_emit (self, signals[RETRY], 0, hole);
}

/**
 * uc_row_context_notice:
 * @self: a context
 * @text: for a person
 *
 * Says something once, in a toast.
 */
void
uc_row_context_notice (UcRowContext *self, const char *text)
{
  g_return_if_fail (UC_IS_ROW_CONTEXT (self));

  g_signal_emit (self, signals[NOTICE], 0, text);
}
