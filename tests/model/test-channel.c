/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "uc-channel.h"

#define ME    "3enrnfw7k7y53nb4x7ra9pj4fw"
#define OTHER "5rafe8kbrtfcpc4x3ysn6yx84o"

static void
test_copy (void)
{
  g_autoptr (UcChannel) channel = uc_channel_new ();
  g_autoptr (UcChannel) same = uc_channel_ref (channel);
  g_autoptr (UcChannel) copy = NULL;

  g_set_str (&channel->name, "station-3");
  channel->type = UC_CHANNEL_PRIVATE;
  copy = uc_channel_copy (channel);
  g_set_str (&channel->name, "else");
  g_assert_true (same == channel);
  g_assert_cmpstr (copy->name, ==, "station-3");
  g_assert_cmpint (copy->type, ==, UC_CHANNEL_PRIVATE);
}

static void
test_types (void)
{
  static const char *const letters[] = { "O", "P", "D", "G" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    g_assert_cmpstr (uc_channel_type_to_string (uc_channel_type_from_string (letters[i])), ==,
                     letters[i]);
  g_assert_cmpint (uc_channel_type_from_string ("D"), ==, UC_CHANNEL_DIRECT);
  g_assert_cmpint (uc_channel_type_from_string ("X"), ==, UC_CHANNEL_UNKNOWN);
  g_assert_cmpint (uc_channel_type_from_string ("OO"), ==, UC_CHANNEL_UNKNOWN);
  g_assert_cmpint (uc_channel_type_from_string (NULL), ==, UC_CHANNEL_UNKNOWN);
  g_assert_cmpstr (uc_channel_type_to_string (UC_CHANNEL_UNKNOWN), ==, "");
}

static void
test_partner (void)
{
  static const struct {
    UcChannelType type;
    const char   *name;
    const char   *partner;
  } cases[] = {
    { UC_CHANNEL_DIRECT, ME "__" OTHER, OTHER }, { UC_CHANNEL_DIRECT, OTHER "__" ME, OTHER },
    { UC_CHANNEL_DIRECT, ME "__" ME, ME },       { UC_CHANNEL_DIRECT, OTHER "__" OTHER, NULL },
    { UC_CHANNEL_DIRECT, "nonsense", NULL },     { UC_CHANNEL_DIRECT, "", NULL },
    { UC_CHANNEL_OPEN, ME "__" OTHER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UcChannel) channel = uc_channel_new ();
    g_autofree char *partner = NULL;

    channel->type = cases[i].type;
    g_set_str (&channel->name, cases[i].name);
    partner = uc_channel_dup_partner_id (channel, ME);
    g_assert_cmpstr (partner, ==, cases[i].partner);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/channel/copy", test_copy);
  g_test_add_func ("/model/channel/types", test_types);
  g_test_add_func ("/model/channel/partner", test_partner);
  return g_test_run ();
}
