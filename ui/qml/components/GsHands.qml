pragma ComponentBehavior: Bound

import QtQuick
import Jinban

// Moves the frame over what can be used, in reading order, uses what is framed, and tells the voice what it is. All of
// it here and not in Python: a property of QML lets go of an item that is destroyed.
QtObject {
    id: hands

    required property Kiosk kiosk
    required property Item root
    required property Item stage
    required property list<Item> panels
    required property list<Item> dialogs
    required property Item focusItem

    property Item target: null
    property Item field: null
    property bool byKeys: false
    property bool writing: false
    readonly property Item dialog: dialogs.find(one => one.visible) ?? null
    readonly property bool inField: isField(focusItem)

    onInFieldChanged: {
        if (hands.writing && !hands.inField) {
            hands.writing = false;
            hands.target = null;
        }
    }
    onFocusItemChanged: kiosk.voice.focused(focusItem !== null && focusItem.activeFocusOnTab ? described(focusItem) : [])

    readonly property Binding pad: Binding {
        target: hands.kiosk.hands
        property: "pad"
        value: hands.inField ? hands.of(hands.focusItem, "pad") : ""
    }
    readonly property Binding button: Binding {
        target: hands.kiosk.hands
        property: "button"
        value: hands.target !== null && hands.target === hands.focusItem && !hands.inField && !hands.writing
    }
    readonly property Connections acts: Connections {
        target: hands.kiosk.hands
        function onActed(act: string, switched: bool) {
            hands.act(act, switched);
        }
        function onTouched() {
            hands.byKeys = hands.writing = false;
            hands.target = hands.field = null;
        }
    }
    readonly property Connections visits: Connections {
        target: hands.kiosk.visit
        function onEntered() {
            hands.writing = false;
            hands.target = hands.field = null;
        }
    }
    readonly property Connections words: Connections {
        target: hands.kiosk.voice
        function onTypedAsked() {
            hands.kiosk.voice.typed(hands.seen(hands.root).filter(one => hands.isField(one)).map(one => hands.of(one, "text")));
        }
        function onPageAsked() {
            hands.kiosk.voice.readTexts(hands.seen(hands.stage).filter(one => hands.isTold(one)).map(one => hands.of(one, "text")));
        }
    }

    // A property that not every item has.
    function of(item: var, name: string): var {
        return item[name];
    }

    function isField(item: Item): bool {
        return item !== null && of(item, "echoMode") !== undefined;
    }

    // Every item that is shown, parents before children.
    function seen(item: Item): var {
        if (!item.visible || item.opacity === 0)
            return [];
        let all = [item];
        for (const child of item.children)
            all = all.concat(seen(child));
        return all;
    }

    function around(item: Item, name: string): Item {
        for (let up = item; up !== null; up = up.parent) {
            if (of(up, name) !== undefined)
                return up;
        }
        return null;
    }

    // A text that is neither a value (those stand in GsMasked and in fields) nor part of a control.
    function isTold(item: Item): bool {
        if (of(item, "role") === undefined || of(item, "soft") === undefined || of(item, "text") === undefined)
            return false;
        for (let up = item; up !== null; up = up.parent) {
            if (of(up, "hidden") !== undefined || up.activeFocusOnTab)
                return false;
        }
        return true;
    }

    function controls(item: Item): var {
        return seen(item).filter(one => one.activeFocusOnTab && one.enabled && one.width > 0);
    }

    function inView(item: Item): bool {
        const view = around(item, "contentX");
        const x = item.mapToItem(view, item.width / 2, 0).x;
        return view === null || x > 0 && x < view.width;
    }

    // The keys while something is written, the dialog while one is open.
    function course(): var {
        if (hands.dialog !== null)
            return controls(hands.dialog);
        const keys = hands.writing ? hands.panels.reduce((all, panel) => all.concat(seen(panel)), []) : [];
        const usable = keys.filter(one => of(one, "key") !== undefined && of(one, "key") !== "" && one.enabled && inView(one));
        return usable.length > 0 ? usable : controls(hands.root);
    }

    function move(steps: int): void {
        const all = course();
        if (all.length === 0)
            return;
        const here = all.indexOf(hands.target);
        const left = all.indexOf(hands.field);
        let place = here + steps;
        if (here < 0 && left >= 0)
            place = left + Math.max(0, steps);
        else if (here < 0)
            place = hands.writing || hands.dialog !== null ? 0 : Math.max(0, all.findIndex(one => within(one, hands.stage)));
        put(all[(place + all.length) % all.length]);
    }

    function within(item: Item, root: Item): bool {
        for (let up = item; up !== null; up = up.parent) {
            if (up === root)
                return true;
        }
        return false;
    }

    function put(item: Item): void {
        hands.byKeys = true;
        hands.target = item;
        hands.kiosk.hands.went(course().length);
        if (item.activeFocusOnTab)
            item.forceActiveFocus(Qt.TabFocusReason);
    }

    function act(act: string, switched: bool): void {
        if (act === "choose")
            choose(switched);
        else if (act === "next" || act === "before")
            move(act === "next" ? 1 : -1);
        else if (act === "back")
            click(hands.dialog !== null ? ["closeStatus", "goOn"] : hands.writing ? ["pad_done", "key_done"] : ["backButton"]);
        else
            click([act === "page_down" ? "scrollDown" : "scrollUp"]);
    }

    function choose(switched: bool): void {
        if (hands.target === null || !course().includes(hands.target))
            chooseNothing();
        else if (hands.writing)
            hands.target.Accessible.pressAction();
        else if (hands.inField && of(hands.focusItem, "text") !== "" && !switched)
            move(1);
        else if (hands.inField)
            write();
    }

    // Nothing is framed: the one thing that is meant, or the first step.
    function chooseNothing(): void {
        const meant = hands.dialog === null ? undefined : controls(hands.dialog).find(one => of(one, "kind") === "primary");
        if (meant !== undefined)
            of(meant, "clicked").call(meant);
        else if (hands.kiosk.visit.state === "attract")
            hands.kiosk.visit.go("touch");
        else
            move(1);
    }

    function write(): void {
        hands.field = hands.target;
        hands.target = null;
        hands.writing = true;
    }

    function click(names: list<string>): void {
        const button = seen(hands.root).find(one => names.includes(one.objectName) && one.enabled);
        if (button === undefined)
            return;
        if (of(button, "clicked") !== undefined)
            of(button, "clicked").call(button);
        else
            button.Accessible.pressAction();
    }

    // What a control belongs to, is called, is, and how it stands. Never what is in it.
    function described(item: Item): var {
        const typed = isField(item);
        const label = around(item, "label");
        const mistake = around(item, "mistake");
        const kind = typed ? qsTr("填写框") : item.Accessible.role === Accessible.RadioButton ? qsTr("选项") : qsTr("按钮");
        let parts = [label === null ? "" : of(label, "label"), item.Accessible.name, kind];
        if (typed)
            parts.push(of(item, "text") === "" ? qsTr("还没填") : qsTr("已经填了"), mistake === null ? "" : of(mistake, "mistake"));
        else if (of(item, "chosen") === true)
            parts.push(qsTr("已选中"));
        parts.push(item.Accessible.description);
        return parts.filter((part, at) => typeof part === "string" && part !== "" && parts.indexOf(part) === at);
    }
}
