pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../../qml/theme"
import "../../qml/components"

// The keyboard: pinyin, English, signs. It writes into whatever has the focus and remembers nothing.
Rectangle {
    id: board

    property Item field: null
    property string page: "pinyin" // pinyin, latin, signs
    property string before: "pinyin"
    property bool capital: false
    property var mixUps: null
    signal done

    readonly property bool secret: field !== null && field["echoMode"] !== undefined && field["echoMode"] !== TextInput.Normal
    property bool names: false
    property bool address: false
    readonly property var partsOfAddress: ime.afterNumber ? ["号", "栋", "单元", "室", "组", "楼", "号楼", "层", "村", "弄"] : ["省", "市", "县", "区", "镇", "乡", "街道", "村", "社区", "组", "路", "街", "巷", "小区", "单元"]
    readonly property real keyHeight: Math.max(Math.min(GsTheme.least, GsTheme.windowHeight * 0.085), GsTheme.px(GsTheme.elder ? 80 : 64))
    readonly property var rows: page === "signs" ? signRows : letterRows
    readonly property var letterRows: [["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"], ["a", "s", "d", "f", "g", "h", "j", "k", "l"], ["first", "z", "x", "c", "v", "b", "n", "m", "back"]]
    readonly property var signRows: [["，", "。", "、", "；", "：", "？", "！", "·", "“", "”"], ["（", "）", "《", "》", "—", "…", "￥", "%", "#"], ["@", "-", "_", "/", ".", ",", "+", "&", "back"]]

    implicitHeight: column.implicitHeight + 2 * GsTheme.gapSmall
    color: GsTheme.colour.sunken

    // A field says what it asks for in its label; where the label stands apart from it, in its own name.
    function asksForName(field: Item): bool {
        return field !== null && (/姓名|名字|\bname\b/i.test(field.Accessible.name) || /name_input$/i.test(field.objectName));
    }

    // 号, 栋 and 单元 lie ready where an address is asked for.
    function asksForAddress(field: Item): bool {
        return field !== null && (/地址|住址|住的地方|住在|\baddress\b/i.test(field.Accessible.name) || /address_input$/i.test(field.objectName));
    }

    onMixUpsChanged: ime.mixing(board.mixUps)
    onFieldChanged: {
        board.names = board.asksForName(board.field);
        board.address = board.asksForAddress(board.field);
        ime.begin(board.names);
        board.capital = false;
        if (board.field !== null)
            board.page = board.secret || board.field["pad"] === "latin" ? "latin" : "pinyin";
    }

    function strike(key: string): void {
        if (board.page === "pinyin" && /^[a-z']$/.test(key))
            ime.letter(key);
        else
            ime.write(board.capital ? key.toUpperCase() : key);
        if (board.page === "latin")
            board.capital = false;
    }

    function turnTo(page: string): void {
        ime.accept();
        if (board.page !== "signs")
            board.before = board.page;
        board.page = page;
        board.capital = false;
    }

    function finish(): void {
        ime.accept();
        board.done();
    }

    Ime {
        id: ime
    }
    // A tap between two keys must not reach what lies below and take the focus away.
    MouseArea {
        anchors.fill: parent
    }
    ColumnLayout {
        id: column
        anchors.top: parent.top
        anchors.topMargin: GsTheme.gapSmall
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * GsTheme.gapSmall, GsTheme.px(1560))
        spacing: GsTheme.px(8)

        GsCandidates {
            Layout.fillWidth: true
            visible: board.page !== "latin"
            spelt: ime.spelt
            candidates: ime.candidates
            ready: board.address ? board.partsOfAddress : []
            hint: board.names ? qsTr("按拼音写名字，例如 zhangsan；少数民族姓名的间隔点在下面“·”") : qsTr("按拼音写，例如 dibao；也可以只按每个字的第一个字母，例如 sfz")
            onChosen: place => ime.candidates.length > 0 ? ime.choose(place) : ime.write(board.partsOfAddress[place])
        }
        RowLayout {
            Layout.preferredHeight: board.keyHeight
            spacing: GsTheme.px(8)
            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]
                GsKey {
                    required property string modelData
                    key: modelData
                    onStruck: ime.write(key)
                }
            }
        }
        Repeater {
            model: board.rows

            RowLayout {
                id: line

                required property var modelData
                required property int index

                Layout.preferredHeight: board.keyHeight
                Layout.leftMargin: index === 1 ? board.width * 0.025 : 0
                Layout.rightMargin: Layout.leftMargin
                spacing: GsTheme.px(8)

                Repeater {
                    model: line.modelData

                    GsKey {
                        required property string modelData
                        readonly property bool first: modelData === "first"

                        key: first ? (board.page === "pinyin" ? "split" : "shift") : modelData
                        caption: {
                            if (first)
                                return board.page === "pinyin" ? qsTr("分字") : qsTr("大写");
                            return board.capital ? modelData.toUpperCase() : modelData;
                        }
                        spoken: modelData === "back" ? qsTr("删除") : caption
                        iconName: modelData === "back" ? "backspace" : ""
                        grey: first || modelData === "back"
                        on: first && board.capital
                        repeats: modelData === "back"
                        share: first || modelData === "back" ? 1.45 : 1
                        onStruck: {
                            if (modelData === "back")
                                ime.back();
                            else if (!first)
                                board.strike(modelData);
                            else if (board.page === "pinyin")
                                board.strike("'");
                            else
                                board.capital = !board.capital;
                        }
                    }
                }
            }
        }
        RowLayout {
            Layout.preferredHeight: board.keyHeight
            spacing: GsTheme.px(8)

            GsKey {
                key: "signs"
                caption: board.page === "signs" ? qsTr("返回") : qsTr("符号")
                grey: true
                share: 1.5
                onStruck: board.turnTo(board.page === "signs" ? board.before : "signs")
            }
            GsKey {
                key: "language"
                visible: !board.secret
                caption: board.page === "latin" ? qsTr("拼音") : qsTr("英文")
                grey: true
                share: 1.5
                onStruck: board.turnTo(board.page === "latin" ? "pinyin" : "latin")
            }
            GsKey {
                key: board.page === "latin" ? "," : "，"
                objectName: "key_comma"
                onStruck: board.strike(key)
            }
            GsKey {
                key: "space"
                caption: ime.candidates.length > 0 ? qsTr("选第一个") : qsTr("空格")
                share: 4
                onStruck: ime.candidates.length > 0 ? ime.choose(0) : ime.write(" ")
            }
            GsKey {
                key: board.page === "latin" ? "." : "。"
                objectName: "key_stop"
                onStruck: board.strike(key)
            }
            GsKey {
                key: "·"
                objectName: "key_dot"
                spoken: qsTr("姓名间隔点")
                onStruck: board.strike(key)
            }
            GsKey {
                key: "done"
                caption: qsTr("完成")
                strong: true
                share: 1.8
                onStruck: board.finish()
            }
        }
    }
}
