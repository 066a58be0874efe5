/* Reads a plan: lines of "name value", then the members, each with its script (see plan.h).
 *
 *     member PORT ROOM STEPS raw|frame BYTES     then a line's end and the template's bytes
 *     raw|frame SAY EXPECT                       then a line's end and both, for each step
 *
 * Lengths are in bytes, so that no protocol needs quoting.
 */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void give_up(const char *why)
{
	fprintf(stderr, "load: %s\n", why);
	exit(2);
}

static char *read_bytes(FILE *file, size_t length)
{
	char *bytes = calloc(1, length + 1);
	if (!bytes || fread(bytes, 1, length, file) != length)
		give_up("the plan ends too early");
	return bytes;
}

static struct step read_step(FILE *file)
{
	struct step step = {0};
	char how[8];
	if (fscanf(file, " %7s %zu %zu", how, &step.say_length, &step.expect_length) != 3)
		give_up("a step cannot be read");
	fgetc(file); /* the line's end */
	step.is_framed = !strcmp(how, "frame");
	step.say = read_bytes(file, step.say_length);
	step.expect = read_bytes(file, step.expect_length);
	return step;
}

static struct member read_member(FILE *file, const struct plan *plan)
{
	struct member member = {0};
	size_t length;
	char how[8];
	if (fscanf(file, "%d %u %zu %7s %zu", &member.port, &member.listener.room,
		   &member.step_count, how, &length) != 5 || member.listener.room >= plan->rooms)
		give_up("a member cannot be read");
	fgetc(file);
	member.template_is_framed = !strcmp(how, "frame");
	member.template = read_bytes(file, length);
	member.counts_acks = length && *plan->ack;
	member.steps = calloc(member.step_count, sizeof *member.steps);
	for (size_t i = 0; i < member.step_count; i++)
		member.steps[i] = read_step(file);
	return member;
}

static unsigned whole(FILE *file)
{
	unsigned value;
	if (fscanf(file, "%u", &value) != 1)
		give_up("a whole number was expected");
	return value;
}

static double number(FILE *file)
{
	double value;
	if (fscanf(file, "%lf", &value) != 1)
		give_up("a number was expected");
	return value;
}

static void read_setting(FILE *file, const char *name, struct plan *plan)
{
	if (!strcmp(name, "run"))
		plan->run = whole(file);
	else if (!strcmp(name, "rooms"))
		plan->rooms = whole(file);
	else if (!strcmp(name, "window"))
		plan->window = whole(file);
	else if (!strcmp(name, "rate"))
		plan->rate = number(file);
	else if (!strcmp(name, "missed"))
		plan->missed = whole(file);
	else if (!strcmp(name, "opening"))
		plan->opening = whole(file);
	else if (!strcmp(name, "warm_up"))
		plan->warm_up = number(file);
	else if (!strcmp(name, "seconds"))
		plan->seconds = number(file);
	else if (!strcmp(name, "patience"))
		plan->patience = number(file);
	else if (!strcmp(name, "silence"))
		plan->silence = number(file);
	else if (!strcmp(name, "settle"))
		plan->settle = number(file);
	else if (strcmp(name, "ack") || fscanf(file, " %63[^\n]", plan->ack) != 1)
		give_up("the plan has an unknown setting");
}

struct plan plan_read(const char *path)
{
	struct plan plan = {0};
	FILE *file = fopen(path, "r");
	char word[32];
	size_t space = 0;
	if (!file)
		give_up("no such plan");
	while (fscanf(file, " %31s", word) == 1) {
		if (strcmp(word, "member")) {
			read_setting(file, word, &plan);
			continue;
		}
		if (plan.member_count == space) {
			space = space ? space * 2 : 64;
			plan.members = realloc(plan.members, space * sizeof *plan.members);
		}
		plan.members[plan.member_count++] = read_member(file, &plan);
	}
	fclose(file);
	return plan;
}
