"""Who knocks at which door of conversations, and what is answered.

One sign (tables.py) for each of WHO (conversations.py), from the left: anonymous; stranger,
blocked, removed, banned, kid (14); invited, asking; silenced, teen (16); moderator; member, owner.
They meet in a group and in a channel of the owner's; what is one's own is the member's.

A new route or command without a row fails test_conversations.py. What decides is not said here, but
in accounts/policy/, chat/rights.py and chat.Membership.
"""

ROUTES = """
# Whoever is old enough to write (R2): their own lists, and what they begin.
? ++++- ++ ++ + ++
    get inbox/
    get inbox/requests/
    get inbox/folders/
    post inbox/folders/
    get chat/unread/
    get chat/new/
    post chat/new/
    get chat/new/people/
    get chat/new/channel/
    post chat/new/channel/
    get chat/new/fan-group/
    post chat/new/fan-group/
    get channels/
    post chat/with/{username}/
    get chat/stickers/
    post chat/stickers/
    get chat/scheduled/
    get chat/reminders/
    post chat/reminders/{reminder}/
    get api/v1/conversations/
    post api/v1/conversations/
    get api/v1/conversations/requests/
    get api/v1/channels/
    get api/v1/people/{username}/channels/
    get api/v1/people/{username}/fan-groups/
    post api/v1/fan-groups/
    get api/v1/scheduled/
    get api/v1/reminders/
    get api/v1/conversations/drafts/
    get api/v1/folders/
    post api/v1/folders/
    get api/v1/search/messages/
    post api/v1/shares/
    post api/v1/media/
    get api/v1/stickers/
    post api/v1/stickers/

# The shape is read first: nobody learns from it what there is.
? ++++- ++ ++ + ++
    put api/v1/conversations/{conversation}/picture/
    patch api/v1/stickers/{sticker}/

# A channel: not for those whom its owner blocks (R15), who may not know that it exists.
? +.++- ++ ++ + ++
    get channels/{handle}/
    post channels/{handle}/follow/
    get api/v1/channels/{handle}/
    post api/v1/channels/{handle}/follow/
    get api/v1/fan-groups/{fans}/

# What a link opens: not for those whom the owner blocks, nor who is banned (R28).
? +-+-- ++ ++ + ++
    get join/{token}/
    post join/{token}/
    get join/{token}/code.svg
    get api/v1/invites/{token}/
    post api/v1/invites/{token}/

# The face behind a link: the group has none.
? .-.-- .. .. . ..
    get join/{token}/picture/

# Also for the invited: what they are asked to join, without name, faces or words (R20).
? ....- +. ++ . ++
    get chat/{conversation}/
    post chat/{conversation}/accept/
    get api/v1/conversations/{conversation}/
    get api/v1/conversations/{conversation}/messages/
    get api/v1/conversations/{conversation}/mentions/
    get api/v1/conversations/{conversation}/pins/
    get api/v1/conversations/{conversation}/polls/
    get api/v1/conversations/{conversation}/scheduled/
    post api/v1/conversations/{conversation}/watch/queue/
    get api/v1/conversations/{conversation}/library/
    post api/v1/conversations/{conversation}/accept/

# For the invited alone.
? ....- +. .. . ..
    post chat/{conversation}/decline/
    post api/v1/conversations/{conversation}/decline/

# Words: whoever takes part and is not silenced (R26); the invited are told to answer first.
? ....- -. -+ . ++
    post chat/{conversation}/
    post api/v1/conversations/{conversation}/messages/

# For whoever waits for approval: to wait no longer.
? ....- .+ .. . ..
    post join/{token}/withdraw/
    delete api/v1/invites/{token}/

# Whoever takes part.
? ....- .. ++ . ++
    post channels/{handle}/unfollow/
    get chat/{conversation}/posts/{seq}/replies/
    post chat/{conversation}/posts/{seq}/replies/
    get chat/{conversation}/history/
    get chat/{conversation}/pins/
    get chat/{conversation}/forward/
    get chat/{conversation}/thread/{seq}/
    post chat/{conversation}/thread/{seq}/
    get chat/{conversation}/message/{seq}/
    post chat/{conversation}/message/{seq}/
    get chat/{conversation}/info/
    post chat/{conversation}/info/
    post chat/{conversation}/info/settings/
    get chat/{conversation}/info/names/
    post chat/{conversation}/info/names/{username}/
    get chat/{conversation}/info/library/
    post chat/{conversation}/info/picture/
    get chat/{conversation}/info/people/
    post chat/{conversation}/info/people/
    get chat/{conversation}/info/members/
    get chat/{conversation}/polls/
    get chat/{conversation}/polls/new/
    post chat/{conversation}/polls/new/
    post chat/{conversation}/polls/{seq}/vote/
    get chat/{conversation}/polls/{seq}/voters/
    get chat/{conversation}/watch/choose/
    get chat/{conversation}/collection/
    post chat/{conversation}/streaks/
    post chat/{conversation}/leave/
    post chat/{conversation}/collection/{video}/remove/
    get chat/{conversation}/collection/play/
    get chat/{conversation}/scheduled/
    post chat/{conversation}/scheduled/
    get api/v1/conversations/{conversation}/messages/{seq}/
    get api/v1/conversations/{conversation}/messages/{seq}/reactions/
    delete api/v1/conversations/{conversation}/messages/{seq}/reactions/
    post api/v1/conversations/{conversation}/messages/{seq}/heard/
    get api/v1/conversations/{conversation}/mentionable/
    post api/v1/conversations/{conversation}/forwards/
    get api/v1/conversations/{conversation}/messages/{seq}/poll/votes/
    post api/v1/conversations/{conversation}/messages/{seq}/poll/votes/
    get api/v1/conversations/{conversation}/changes/
    post api/v1/conversations/{conversation}/read/
    post api/v1/conversations/{conversation}/typing/
    get api/v1/conversations/{conversation}/members/
    post api/v1/conversations/{conversation}/members/
    post api/v1/conversations/{conversation}/additions/
    delete api/v1/conversations/{conversation}/picture/
    put api/v1/conversations/{conversation}/messages/{seq}/reminder/
    post api/v1/conversations/{conversation}/scheduled/
    put api/v1/conversations/{conversation}/draft/
    put api/v1/conversations/{conversation}/streaks/
    get api/v1/conversations/{conversation}/watch/
    post api/v1/conversations/{conversation}/watch/leave/
    get api/v1/conversations/{conversation}/collection/
    delete api/v1/conversations/{conversation}/collection/{video}/
    get api/v1/conversations/{conversation}/settings/
    patch api/v1/conversations/{conversation}/settings/
    put api/v1/conversations/{conversation}/settings/nicknames/{username}/
    put api/v1/conversations/{conversation}/settings/hushed/{username}/
    delete api/v1/conversations/{conversation}/settings/hushed/{username}/
    get api/v1/conversations/{conversation}/hosts/
    get api/v1/conversations/{conversation}/messages/{seq}/replies/
    post api/v1/conversations/{conversation}/messages/{seq}/replies/
    post api/v1/conversations/{conversation}/leave/
    get api/v1/media/{media}/{name}
    get api/v1/conversations/{conversation}/held/

# Whoever takes part and is not silenced (R26).
? ....- .. -+ . ++
    post chat/{conversation}/forward/
    post chat/{conversation}/polls/{seq}/options/
    post chat/{conversation}/watch/
    post chat/{conversation}/collection/
    post api/v1/conversations/{conversation}/messages/{seq}/reactions/
    post api/v1/conversations/{conversation}/watch/
    post api/v1/conversations/{conversation}/collection/

# Followers of a channel; its owner cannot go without an heir (R27).
? ....- .. ++ . +-
    delete api/v1/channels/{handle}/follow/

# Who said it, and who runs it (R24).
? ....- .. -- . ++
    delete api/v1/conversations/{conversation}/messages/{seq}/
    delete api/v1/conversations/{conversation}/replies/{reply}/
    post chat/{conversation}/posts/{seq}/replies/{reply}/remove/

# Who said it, alone (R18).
? ....- .. -- . +-
    get chat/{conversation}/message/{seq}/{part}/
    patch api/v1/conversations/{conversation}/messages/{seq}/
    get api/v1/conversations/{conversation}/messages/{seq}/edits/
    delete api/v1/conversations/{conversation}/messages/{seq}/links/

# Who runs it (R24).
? ....- .. -- . -+
    post chat/{conversation}/info/people/{username}/role/
    post chat/{conversation}/info/people/{username}/silence/
    post chat/{conversation}/info/people/{username}/owner/
    post chat/{conversation}/info/people/{username}/remove/
    post chat/{conversation}/info/people/{username}/ban/
    get chat/{conversation}/info/banned/
    post chat/{conversation}/info/banned/{username}/lift/
    get chat/{conversation}/info/manage/
    post chat/{conversation}/info/manage/rights/
    post chat/{conversation}/info/manage/slow/
    post chat/{conversation}/info/manage/freeze/
    post chat/{conversation}/info/manage/quiet/
    post chat/{conversation}/info/manage/joining/
    get chat/{conversation}/info/links/
    post chat/{conversation}/info/links/
    post chat/{conversation}/info/links/{invite}/withdraw/
    get chat/{conversation}/info/waiting/
    post chat/{conversation}/info/waiting/{username}/
    post chat/{conversation}/info/channel/
    get chat/{conversation}/info/hosts/
    post chat/{conversation}/info/hosts/
    get chat/{conversation}/info/followers/
    post chat/{conversation}/info/followers/{username}/
    post chat/{conversation}/polls/{seq}/close/
    post chat/{conversation}/timer/
    patch api/v1/conversations/{conversation}/
    post api/v1/conversations/{conversation}/messages/{seq}/pin/
    delete api/v1/conversations/{conversation}/messages/{seq}/pin/
    post api/v1/conversations/{conversation}/messages/{seq}/poll/options/
    post api/v1/conversations/{conversation}/messages/{seq}/poll/close/
    patch api/v1/conversations/{conversation}/members/{username}/
    delete api/v1/conversations/{conversation}/members/{username}/
    put api/v1/conversations/{conversation}/owner/
    get api/v1/conversations/{conversation}/bans/
    post api/v1/conversations/{conversation}/bans/
    delete api/v1/conversations/{conversation}/bans/{username}/
    patch api/v1/conversations/{conversation}/rights/
    put api/v1/conversations/{conversation}/slow-mode/
    put api/v1/conversations/{conversation}/freeze/
    put api/v1/conversations/{conversation}/quiet-hours/
    patch api/v1/conversations/{conversation}/joining/
    get api/v1/conversations/{conversation}/invites/
    post api/v1/conversations/{conversation}/invites/
    delete api/v1/conversations/{conversation}/invites/{invite}/
    get api/v1/conversations/{conversation}/join-requests/
    post api/v1/conversations/{conversation}/join-requests/{username}/
    put api/v1/conversations/{conversation}/timer/
    patch api/v1/conversations/{conversation}/channel/
    post api/v1/conversations/{conversation}/hosts/
    post api/v1/conversations/{conversation}/followers/{username}/
    delete api/v1/conversations/{conversation}/followers/{username}/
    get chat/{conversation}/info/held/
    post chat/{conversation}/info/manage/words/
    get api/v1/conversations/{conversation}/words/
    patch api/v1/conversations/{conversation}/words/

# Whose it is: for everybody else there is no such thing.
? ....- .. .. . +.
    get inbox/folders/{folder}/
    post inbox/folders/{folder}/
    post chat/scheduled/{scheduled}/
    post chat/scheduled/{scheduled}/cancel/
    post chat/scheduled/{scheduled}/send/
    post chat/reminders/{reminder}/done/
    patch api/v1/scheduled/{scheduled}/
    delete api/v1/scheduled/{scheduled}/
    post api/v1/scheduled/{scheduled}/send/
    patch api/v1/reminders/{reminder}/
    delete api/v1/reminders/{reminder}/
    patch api/v1/folders/{folder}/
    delete api/v1/folders/{folder}/
    put api/v1/folders/{folder}/conversations/{conversation}/
    delete api/v1/folders/{folder}/conversations/{conversation}/
    delete api/v1/stickers/{sticker}/

# Nothing of the kind is on here, which those inside are told.
? ....- .. -- . --
    post chat/{conversation}/info/manage/join-rules/
    post api/v1/conversations/{conversation}/watch/join/
    post api/v1/conversations/{conversation}/watch/control/
    patch api/v1/conversations/{conversation}/watch/queue/{entry}/
    delete api/v1/conversations/{conversation}/watch/queue/{entry}/
    put api/v1/conversations/{conversation}/join-rules/

# Who runs the channel: there is nobody of that name to be asked.
? ....- .. -- . -.
    post chat/{conversation}/info/hosts/{username}/
    post api/v1/conversations/{conversation}/hosts/{username}/
    delete api/v1/conversations/{conversation}/hosts/{username}/
    post chat/{conversation}/info/held/{held}/
    post api/v1/conversations/{conversation}/held/{held}/

# In a form's list of places: what is not among one's own is passed over.
? ++++- .+ -+ + ++
    post share/video/{video}/watch/
    post share/video/{video}/save/

# For whoever was asked to host, who is an adult: nobody was (R7).
? ....- .. .+ . ..
    post channels/{handle}/hosting/

# The same for apps.
? ....- .. .- . ..
    post api/v1/channels/{handle}/hosting/

# With the fans' code, which nobody gave.
? -.--- -- -- - -+
    post api/v1/fan-groups/{fans}/

# Nobody here: it is not there, not on, or asks for something that is not.
? ....- .. .. . ..
    get fan-groups/{conversation}/
    post fan-groups/{conversation}/
    get chat/{conversation}/picture/{name}
    post chat/stickers/{sticker}/
    get share/{kind}/{object}/
    post share/{kind}/{object}/
    post api/v1/conversations/{conversation}/messages/{seq}/translation/
    delete api/v1/channels/{handle}/hosting/
    get api/v1/media/{media}/
    patch api/v1/media/{media}/
    delete api/v1/media/{media}/
    get api/v1/stickers/{sticker}/{name}
"""

# In the order in which they are tried: what ends something comes last.
COMMANDS = """
# Whoever is signed in: it says nothing of anybody.
? +++++ ++ ++ + ++
    hello
    notifications.read
    notifications.seen
    pong
    clock

# Also for the invited: what they are asked to join, without name, faces or words (R20).
? ....- +. ++ . ++
    watch.queue

# Words: whoever takes part and is not silenced (R26); the invited are told to answer first.
? ....- -. -+ . ++
    message.send

# Whoever takes part.
? ....- .. ++ . ++
    read
    typing
    reaction.remove
    poll.vote
    schedule.add
    reminder.set
    draft.set
    streaks.set
    voice.hear
    collection.remove
    watch.leave

# Whoever takes part and is not silenced (R26).
? ....- .. -+ . ++
    reaction.add
    poll.add_option
    collection.add
    watch.start

# Who said it, and who runs it (R24).
? ....- .. -- . ++
    message.unsend

# Who said it, alone (R18).
? ....- .. -- . +-
    message.edit
    links.remove

# Who runs it (R24).
? ....- .. -- . -+
    pin.add
    pin.remove
    timer.set
    poll.close

# Whose it is: for everybody else there is no such thing.
? ....- .. .. . +.
    schedule.edit
    reminder.move
    schedule.cancel
    schedule.send
    reminder.finish

# Nothing of the kind is on here, which those inside are told.
? ....- .. -- . --
    watch.join
    watch.control

# What cannot be seen goes nowhere.
? ....- .. ++ . ++
    message.forward
"""
