/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list made into another, and what its watchers are told on the way. */

#include "config.h"

#include "uc-splice-private.h"
#include "uc-test-model.h"

/* A model over an array, as those of this room are. */
#define TEST_TYPE_LIST (test_list_get_type ())
G_DECLARE_FINAL_TYPE (TestList, test_list, TEST, LIST, GObject)

struct _TestList {
  GObject    parent_instance;
  GPtrArray *items;
};

static GType
test_list_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
test_list_get_n_items (GListModel *model)
{
  return TEST_LIST (model)->items->len;
}

static gpointer
test_list_get_item (GListModel *model, guint position)
{
  TestList *self = TEST_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
test_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = test_list_get_item_type;
  iface->get_n_items = test_list_get_n_items;
  iface->get_item = test_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestList,
                               test_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, test_list_model_init))

static void
test_list_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_LIST (object)->items);
  G_OBJECT_CLASS (test_list_parent_class)->finalize (object);
}

static void
test_list_class_init (TestListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_list_finalize;
}

static void
test_list_init (TestList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

typedef struct {
  TestList    *list;
  UcTestModel *watched;
  GPtrArray   *pool; /* objects to choose from */
  guint        n_splices;
} Fixture;

static void
count_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_splices++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = g_object_new (TEST_TYPE_LIST, NULL);
  fixture->watched = uc_test_model_watch (G_LIST_MODEL (fixture->list));
  fixture->pool = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < 64; i++)
    g_ptr_array_add (fixture->pool, g_object_new (G_TYPE_OBJECT, NULL));
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (count_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  uc_test_model_free (fixture->watched);
  g_ptr_array_unref (fixture->pool);
  g_assert_finalize_object (fixture->list);
}

/* @letters name objects of the pool. Returns how many changes it took. */
static guint
make (Fixture *fixture, const char *letters)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (; *letters != '\0'; letters++)
    g_ptr_array_add (wanted, fixture->pool->pdata[*letters - '@']);
  fixture->n_splices = 0;
  _uc_splice_apply (G_LIST_MODEL (fixture->list), fixture->list->items, wanted);
  uc_test_model_check (fixture->watched);
  g_assert_cmpuint (fixture->list->items->len, ==, wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    g_assert_true (fixture->list->items->pdata[i] == wanted->pdata[i]);
  return fixture->n_splices;
}

static void
test_few_changes (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (make (fixture, ""), ==, 0);
  g_assert_cmpuint (make (fixture, "ABCDEF"), ==, 1);
  g_assert_cmpuint (make (fixture, "ABCDEF"), ==, 0);
  g_assert_cmpuint (make (fixture, "ABCDEFG"), ==, 1);
  g_assert_cmpuint (make (fixture, "HABCDEFG"), ==, 1);
  g_assert_cmpuint (make (fixture, "HABXYDEFG"), ==, 1);
  g_assert_cmpuint (make (fixture, "ABXYDEF"), ==, 2);
  /* One moves: it goes and comes. */
  g_assert_cmpuint (make (fixture, "FABXYDE"), ==, 2);
  g_assert_cmpuint (make (fixture, "FAXBYDE"), ==, 2);
  g_assert_cmpuint (make (fixture, "QRS"), ==, 1);
  g_assert_cmpuint (make (fixture, "QaRbSc"), ==, 3);
  g_assert_cmpuint (make (fixture, ""), ==, 1);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  for (int round = 0; round < 2000; round++) {
    char  letters[41];
    guint n = 0;

    /* A random choice in random order, now and then nearly what was there. */
    for (char c = '@'; c < '@' + 40; c++) {
      if (g_test_rand_int_range (0, 3) > 0)
        letters[n++] = c;
    }
    for (guint i = 0; n > 1 && i < (guint) g_test_rand_int_range (0, 12); i++) {
      guint a = (guint) g_test_rand_int_range (0, (gint32) n);
      guint b = (guint) g_test_rand_int_range (0, (gint32) n);
      char  c = letters[a];

      letters[a] = letters[b];
      letters[b] = c;
    }
    letters[n] = '\0';
    make (fixture, letters);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/view/splice/few-changes", Fixture, NULL, set_up, test_few_changes, tear_down);
  g_test_add ("/view/splice/random", Fixture, NULL, set_up, test_random, tear_down);
  return g_test_run ();
}
