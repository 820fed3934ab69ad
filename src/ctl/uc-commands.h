/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uc-ctl.h"

G_BEGIN_DECLS

/* The subcommands, one a file. Each parses its own options and gives the exit status. */

int uc_command_channels      (UcCtl *ctl, int argc, char **argv);
int uc_command_classify      (UcCtl *ctl, int argc, char **argv);
int uc_command_login         (UcCtl *ctl, int argc, char **argv);
int uc_command_outbox        (UcCtl *ctl, int argc, char **argv);
int uc_command_read          (UcCtl *ctl, int argc, char **argv);
int uc_command_search        (UcCtl *ctl, int argc, char **argv);
int uc_command_send          (UcCtl *ctl, int argc, char **argv);
int uc_command_store_backup  (UcCtl *ctl, int argc, char **argv);
int uc_command_store_check   (UcCtl *ctl, int argc, char **argv);
int uc_command_store_compare (UcCtl *ctl, int argc, char **argv);
int uc_command_store_export  (UcCtl *ctl, int argc, char **argv);
int uc_command_store_hold_add (UcCtl *ctl, int argc, char **argv);
int uc_command_store_hold_list (UcCtl *ctl, int argc, char **argv);
int uc_command_store_hold_remove (UcCtl *ctl, int argc, char **argv);
int uc_command_store_info    (UcCtl *ctl, int argc, char **argv);
int uc_command_store_migrate (UcCtl *ctl, int argc, char **argv);
int uc_command_store_retention (UcCtl *ctl, int argc, char **argv);
int uc_command_store_restore (UcCtl *ctl, int argc, char **argv);
int uc_command_sync          (UcCtl *ctl, int argc, char **argv);

G_END_DECLS
